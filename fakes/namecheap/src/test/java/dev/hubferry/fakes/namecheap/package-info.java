@NullMarked
package dev.hubferry.fakes.namecheap;

import org.jspecify.annotations.NullMarked;
