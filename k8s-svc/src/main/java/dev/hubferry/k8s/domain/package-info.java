/** The ways of a hub in and out of a cluster, without any framework. */
@NullMarked
package dev.hubferry.k8s.domain;

import org.jspecify.annotations.NullMarked;
