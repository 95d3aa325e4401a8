@NullMarked
package dev.hubferry.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
