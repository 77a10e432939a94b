using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>A type that reads and writes its JSON without reflection.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IJsonModel<TSelf>
    where TSelf : IJsonModel<TSelf>
{
    /// <summary>Reads a value. The reader is on the value's first token and is left on its last.</summary>
    /// <exception cref="JsonException">The JSON is malformed, or does not have the type at all.</exception>
    static abstract TSelf Read(ref Utf8JsonReader reader);

    /// <summary>Writes this value.</summary>
    void Write(JsonWriter writer);
}
