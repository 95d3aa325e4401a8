/** A small, stateful Kubernetes API server for tests and the sandbox; start at {@link dev.hubferry.fakes.kubernetes.FakeKubernetes}. */
@NullMarked
package dev.hubferry.fakes.kubernetes;

import org.jspecify.annotations.NullMarked;
