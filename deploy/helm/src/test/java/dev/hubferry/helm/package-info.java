/** The charts: rendered by Helm's own code, and held against Kubernetes' schemas and against what the services are. */
@NullMarked
package dev.hubferry.helm;

import org.jspecify.annotations.NullMarked;
