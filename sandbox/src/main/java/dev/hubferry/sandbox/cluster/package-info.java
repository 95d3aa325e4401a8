/** A cluster with a zero-to-jupyterhub hub in it, its users and its front door. */
@NullMarked
package dev.hubferry.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
