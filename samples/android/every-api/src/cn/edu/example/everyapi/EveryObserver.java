package cn.edu.example.everyapi;

import android.os.FileObserver;

/** Stands for an observer of files; looks at a folder that is not there. */
public final class EveryObserver extends FileObserver {
    public EveryObserver() {
        super("/none");
    }

    @Override
    public void onEvent(int event, String path) {}
}
