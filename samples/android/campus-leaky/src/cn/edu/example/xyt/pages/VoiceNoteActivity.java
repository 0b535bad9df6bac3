package cn.edu.example.xyt.pages;

import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaRecorder;
import cn.edu.example.xyt.screens.Page;

/** 语音留言: records after the button is pressed. */
public final class VoiceNoteActivity extends Page {
    @Override
    protected void fill() {
        heading("语音留言");
        button("开始录音", view -> record());
    }

    private void record() {
        try {
            AudioRecord recorder = new AudioRecord(
                MediaRecorder.AudioSource.MIC, 16000, AudioFormat.CHANNEL_IN_MONO,
                AudioFormat.ENCODING_PCM_16BIT, 32000);
            recorder.startRecording();
            recorder.stop();
            recorder.release();
            text("已保存");
        } catch (RuntimeException unavailable) {
            text("无法录音");
        }
    }
}
