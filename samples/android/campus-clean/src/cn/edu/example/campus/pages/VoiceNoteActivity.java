package cn.edu.example.campus.pages;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.provider.MediaStore;
import cn.edu.example.xyt.screens.Page;

/** 语音留言: the system's recorder records, this app needs no permission. */
public final class VoiceNoteActivity extends Page {
    @Override
    protected void fill() {
        heading("语音留言");
        button("开始录音", view -> record());
    }

    private void record() {
        try {
            startActivityForResult(new Intent(MediaStore.Audio.Media.RECORD_SOUND_ACTION), 4);
        } catch (ActivityNotFoundException missing) {
            text("没有可用的录音应用");
        }
    }
}
