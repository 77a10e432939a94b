using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Tests;

/// <summary>
/// An object of which nothing is known, written by hand as users may write models of their own: the generator makes raw JSON of an object that its document
/// does not describe.
/// </summary>
internal sealed class AnyObject : IJsonModel<AnyObject>
{
    private ExtraProperties? _extras;

    public ExtraProperties ExtraProperties => _extras ??= new();

    public static AnyObject Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "AnyObject");
        var value = new AnyObject();
        while (JsonRead.NextProperty(ref reader, out var name))
            ExtraProperties.Read(ref reader, name, ref value._extras);
        return value;
    }

    public void Write(JsonWriter writer)
    {
        writer.WriteStartObject();
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }
}
