package dev.hubferry.contracts;

import java.util.List;

/**
 * What k8s-svc found out about a hub.
 *
 * @param release the Helm release that the hub's labels name
 * @param hubImage the image of the hub's container
 * @param hubVersion JupyterHub's version, as {@code GET /hub/api/} or the image's label says; {@code unknown} when neither answers
 * @param homesServer the NFS server that the homes' PV names
 * @param homesPath the path that the homes' PV names
 * @param ingress where the cluster lets users in
 * @param userPods pods of user servers that run now
 * @param notices what people should know before they approve
 */
public record HubFacts(
        String release,
        String hubImage,
        String hubVersion,
        String homesServer,
        String homesPath,
        IngressAddress ingress,
        int userPods,
        List<Notice> notices) {
    public HubFacts {
        Require.text(release, "release");
        Require.text(hubImage, "hubImage");
        Require.text(hubVersion, "hubVersion");
        Require.text(homesServer, "homesServer");
        Require.text(homesPath, "homesPath");
        Require.present(ingress, "ingress");
        Require.notNegative(userPods, "userPods");
        notices = List.copyOf(notices);
    }
}
