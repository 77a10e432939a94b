using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Media;

/// <summary>An image that a service created or accepts.</summary>
[JsonConverter(typeof(JsonModelConverter<ImageFile>))]
public sealed class ImageFile : MediaFile, IJsonModel<ImageFile>
{
    /// <summary>The width in pixels, where the service reports it.</summary>
    public long? Width { get; set; }

    /// <summary>The height in pixels, where the service reports it.</summary>
    public long? Height { get; set; }

    /// <inheritdoc cref="IJsonModel{TSelf}.Read"/>
    public static new ImageFile Read(ref Utf8JsonReader reader) => ReadInto(ref reader, new ImageFile());

    private protected override bool ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras)
    {
        if (name.SequenceEqual("width"u8))
            Width = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("height"u8))
            Height = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else
            return base.ReadMember(ref reader, name, ref extras);
        return true;
    }

    private protected override void WriteMembers(JsonWriter writer, ExtraProperties? extras)
    {
        base.WriteMembers(writer, extras);
        JsonWrite.Int64(writer, "width"u8, Width, extras);
        JsonWrite.Int64(writer, "height"u8, Height, extras);
    }
}
