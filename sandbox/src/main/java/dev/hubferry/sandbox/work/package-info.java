/** Users who keep changing their homes, and the proof of what they were told is safe. */
@NullMarked
package dev.hubferry.sandbox.work;

import org.jspecify.annotations.NullMarked;
