using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Media;

/// <summary>A video that a service created or accepts.</summary>
[JsonConverter(typeof(JsonModelConverter<VideoFile>))]
public sealed class VideoFile : MediaFile, IJsonModel<VideoFile>
{
    /// <summary>The width in pixels, where the service reports it.</summary>
    public long? Width { get; set; }

    /// <summary>The height in pixels, where the service reports it.</summary>
    public long? Height { get; set; }

    /// <summary>The frame rate in frames per second, where the service reports it.</summary>
    public double? Fps { get; set; }

    /// <summary>The duration in seconds, where the service reports it.</summary>
    public double? Duration { get; set; }

    /// <summary>The number of frames, where the service reports it.</summary>
    public long? NumFrames { get; set; }

    /// <inheritdoc cref="IJsonModel{TSelf}.Read"/>
    public static new VideoFile Read(ref Utf8JsonReader reader) => ReadInto(ref reader, new VideoFile());

    private protected override bool ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras)
    {
        if (name.SequenceEqual("width"u8))
            Width = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("height"u8))
            Height = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("fps"u8))
            Fps = JsonRead.Double(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("duration"u8))
            Duration = JsonRead.Double(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("num_frames"u8))
            NumFrames = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else
            return base.ReadMember(ref reader, name, ref extras);
        return true;
    }

    private protected override void WriteMembers(JsonWriter writer, ExtraProperties? extras)
    {
        base.WriteMembers(writer, extras);
        JsonWrite.Int64(writer, "width"u8, Width, extras);
        JsonWrite.Int64(writer, "height"u8, Height, extras);
        JsonWrite.Double(writer, "fps"u8, Fps, extras);
        JsonWrite.Double(writer, "duration"u8, Duration, extras);
        JsonWrite.Int64(writer, "num_frames"u8, NumFrames, extras);
    }
}
