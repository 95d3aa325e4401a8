@NullMarked
package dev.hubferry.testbed;

import org.jspecify.annotations.NullMarked;
