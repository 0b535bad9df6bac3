package cn.example.reach.components;

import cn.example.reach.Reads;

/** Made only when the process :remote starts, which nothing does. */
public final class RemoteProvider extends EmptyProvider {
    @Override
    public boolean onCreate() {
        Reads.providerOtherProcess(getContext());
        return true;
    }
}
