package cn.example.reach.components;

import cn.example.reach.Reads;

/** Never made: android:enabled is false. */
public final class DisabledProvider extends EmptyProvider {
    @Override
    public boolean onCreate() {
        Reads.providerDisabled(getContext());
        return true;
    }
}
