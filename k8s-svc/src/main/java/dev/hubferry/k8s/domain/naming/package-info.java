/** How a hub names its users' directories. */
@NullMarked
package dev.hubferry.k8s.domain.naming;

import org.jspecify.annotations.NullMarked;
