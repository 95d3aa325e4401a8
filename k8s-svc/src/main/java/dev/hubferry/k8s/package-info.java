/** The participant that works on clusters; this package puts its rooms together. */
@NullMarked
package dev.hubferry.k8s;

import org.jspecify.annotations.NullMarked;
