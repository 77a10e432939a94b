using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>A type that reads and writes itself as JSON, without reflection.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IJsonModel<TSelf>
    where TSelf : IJsonModel<TSelf>
{
    /// <summary>Reads a value. The reader stands on its first token and is left on its last.</summary>
    /// <exception cref="JsonException">The JSON is malformed, or is not of the form that the type needs at all.</exception>
    static abstract TSelf Read(ref Utf8JsonReader reader);

    /// <summary>Writes this value.</summary>
    void Write(Utf8JsonWriter writer);
}
