package dev.hubferry.k8s.adapter.fabric8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimList;
import io.fabric8.kubernetes.api.model.PersistentVolumeList;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceList;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.networking.v1.IngressList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Reads and writes one empty object of each kind that commands handle: the client's model is large and loads with its first use. */
final class ModelRehearsal {
    private static final List<Class<?>> KINDS = List.of(
            PodList.class,
            DeploymentList.class,
            ServiceList.class,
            Service.class,
            Scale.class,
            PersistentVolumeList.class,
            PersistentVolumeClaimList.class,
            IngressList.class,
            Secret.class,
            ConfigMap.class,
            DeleteOptions.class);

    private ModelRehearsal() {}

    static void load(KubernetesSerialization json) {
        for (Class<?> kind : KINDS) {
            var unused = json.asJson(json.unmarshal("{}", kind));
        }
        var unused = ChartValues.read("{}");
    }
}
