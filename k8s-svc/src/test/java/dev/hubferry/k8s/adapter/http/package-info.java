@NullMarked
package dev.hubferry.k8s.adapter.http;

import org.jspecify.annotations.NullMarked;
