@NullMarked
package dev.hubferry.k8s.domain.cluster;

import org.jspecify.annotations.NullMarked;
