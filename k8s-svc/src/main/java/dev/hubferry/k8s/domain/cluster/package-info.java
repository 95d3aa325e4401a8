/** What moving a hub needs of a cluster: ports and what they show. */
@NullMarked
package dev.hubferry.k8s.domain.cluster;

import org.jspecify.annotations.NullMarked;
