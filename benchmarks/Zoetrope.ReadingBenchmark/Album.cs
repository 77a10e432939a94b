using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.ReadingBenchmark;

/// <summary>A result as the generator writes them, with a member for each shape.</summary>
internal sealed class Album : IJsonModel<Album>
{
    private ExtraProperties? _extras;

    public IReadOnlyList<MediaFile>? Images { get; private set; }

    public IReadOnlyList<string>? Texts { get; private set; }

    public IReadOnlyList<long>? Counts { get; private set; }

    public IReadOnlyList<double>? Numbers { get; private set; }

    public string? Text { get; private set; }

    public double? Number { get; private set; }

    public static Album Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "Album");
        var value = new Album();
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (JsonRead.Is(name, "images"u8))
                value.Images = JsonReadLists.Files<MediaFile>(ref reader, name, ref value._extras);
            else if (JsonRead.Is(name, "texts"u8))
                value.Texts = JsonReadLists.Strings(ref reader, name, ref value._extras);
            else if (JsonRead.Is(name, "counts"u8))
                value.Counts = JsonReadLists.Int64s(ref reader, name, ref value._extras);
            else if (JsonRead.Is(name, "numbers"u8))
                value.Numbers = JsonReadLists.Doubles(ref reader, name, ref value._extras);
            else if (JsonRead.Is(name, "text"u8))
                value.Text = JsonRead.String(ref reader, name, ref value._extras);
            else if (JsonRead.Is(name, "number"u8))
                value.Number = JsonRead.Double(ref reader, name, ref value._extras);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer) => throw new NotSupportedException();
}
