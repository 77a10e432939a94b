using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>Formats of files, and limits of theirs that lists of requirements state one by one.</content>
public static partial class RuleForms
{
    private static RuleForm[] Files =>
    [
        new("accepted formats", "(accepted|allowed|permitted|acceptable|valid) [KIND] (format|formats|types|extensions) [are|is|:] {formats}",
            RuleFormats.Rule,
            On("image_url", "Accepted formats: jpg, jpeg, png, webp.", "file(image_url) formats jpeg png webp"),
            On("image_url", "Accepted formats are jpeg, jpg, png, webp.", "file(image_url) formats jpeg png webp")),
        new("formats", "^ [KIND] (format|formats) (:|is|are) {formats}",
            RuleFormats.Rule,
            On("image_urls", "Formats: JPEG, JPG, PNG (no alpha), WEBP.", "file(image_urls) formats jpeg png webp"),
            On("audio_url", "- Format: WAV, MP3.", "file(audio_url) formats wav mp3")),
        new("only formats", "only {formats} [KIND] [format|formats|files|is|are]",
            RuleFormats.Rule,
            On("video_url", "Only .mp4/.mov formats are supported.", "file(video_url) formats mp4 mov")),
        new("must have a format", "MUST be [in|of|a|an] [the] {formats} [KIND] [format|formats|file|files]",
            RuleFormats.Rule,
            On("video_url", "Must be MP4 format.", "file(video_url) formats mp4"),
            On("image_url", "The image must be a PNG or JPEG file.", "file(image_url) formats png jpeg")),
        new("supported formats", "supported [KIND] (format|formats|types|extensions) [are|is|:] {formats}",
            RuleFormats.Rule,
            On("image_url", "Supported formats: JPEG, PNG, WebP.", "file(image_url) formats jpeg png webp"))
        { IsSoft = true },
        new("supports formats", "(supports|support|accepts|accept) {formats} [KIND] [format|formats|files]",
            RuleFormats.Rule,
            On("video_url", "Supports MP4 and MOV.", "file(video_url) formats mp4 mov"))
        { IsSoft = true },
        new("formats are supported", "(^|lp) {formats} [KIND] [format|formats|files] [is|are] (supported|accepted|allowed)",
            RuleFormats.Rule,
            On("image_url", "JPEG, PNG and WebP formats are supported (maximum file size 10MB).",
                "file(image_url) formats jpeg png webp; file(image_url) bytes ..10485760"),
            On("audio_url", "The audio file (WAV, MP3, FLAC supported)", "file(audio_url) formats wav mp3 flac"))
        { IsSoft = true },
        new("least width or height", "(min|minimum) (width|height) [of|is|:] {n} [px|pixels]",
            static f => Side(f, isMinimum: true),
            On("image_url", "Min width: 300px, Min height: 200px.", "file(image_url) width 300..; file(image_url) height 200..")),
        new("greatest width or height", "(max|maximum) (width|height) [of|is|:] {n} [px|pixels]",
            static f => Side(f, isMinimum: false),
            On("video_url", "Max width: 2160px.", "file(video_url) width ..2160")),
        new("least aspect ratio", "(min|minimum) aspect ratio [of|is|:] {ratio:min}",
            static f => f.Self.IsFile && Ratio(f, "min") is { } ratio ? File(f, new() { MinAspectRatio = ValueRange.Text(ratio) }) : null,
            On("image_url", "Min aspect ratio: 0.40.", "file(image_url) aspect 0.4..")),
        new("greatest aspect ratio", "(max|maximum) aspect ratio [of|is|:] {ratio:max}",
            static f => f.Self.IsFile && Ratio(f, "max") is { } ratio ? File(f, new() { MaxAspectRatio = ValueRange.Text(ratio) }) : null,
            On("image_url", "Max aspect ratio: 2.50.", "file(image_url) aspect ..2.5")),
        new("least frame rate", "(min|minimum) (fps|frame rate|framerate) [of|is|:] {n}",
            static f => f.Self.IsFile ? File(f, new() { MinFrameRate = ValueRange.Text(f.Number()!.Value) }) : null,
            On("video_url", "Min FPS: 24.0.", "file(video_url) fps 24..")),
        new("greatest frame rate", "(max|maximum) (fps|frame rate|framerate) [of|is|:] {n}",
            static f => f.Self.IsFile ? File(f, new() { MaxFrameRate = ValueRange.Text(f.Number()!.Value) }) : null,
            On("video_url", "Max FPS: 60.0.", "file(video_url) fps ..60")),
        new("duration between", "(duration|length) [:|is] [between|from] {n:min} [s|sec|seconds] (and|to|-) {n:max} (s|sec|secs|seconds)",
            static f => f.Self.IsFile ? RuleLimits.Of(f, f.Number("min"), f.Number("max"), unit: [f.Captures.Tokens[f.Captures.End - 1]]) : null,
            On("video_url", "Duration between 3 and 10 seconds.", "file(video_url) seconds 3..10")),
    ];

    private static ParameterRule? Side(RuleFinding f, bool isMinimum)
    {
        if (!f.Self.IsFile || f.Number() is not ({ } number and > 0 and <= 1_000_000) || number != decimal.Truncate(number))
            return null;
        var side = (int)number;
        var isWidth = f.Captures.Tokens[f.Captures.Start + 1].Is("width");
        return File(f, (isWidth, isMinimum) switch
        {
            (true, true) => new() { MinWidth = side },
            (true, false) => new() { MaxWidth = side },
            (false, true) => new() { MinHeight = side },
            _ => new() { MaxHeight = side },
        });
    }
}
