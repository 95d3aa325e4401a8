@NullMarked
package dev.hubferry.sandbox.work;

import org.jspecify.annotations.NullMarked;
