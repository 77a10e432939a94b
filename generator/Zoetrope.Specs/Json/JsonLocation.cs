namespace Zoetrope.Specs.Json;

/// <summary>A value together with the pointer that leads to it.</summary>
/// <param name="Node">The value.</param>
/// <param name="Pointer">Its JSON pointer.</param>
internal readonly record struct JsonLocation(JsonNode Node, string Pointer)
{
    /// <summary>Whether there is such a value.</summary>
    public bool Exists => Node.Exists;

    /// <summary>The property of a name, there or not.</summary>
    public JsonLocation this[string name] => new(Node[name], JsonPointer.Append(Pointer, name));

    /// <summary>A property that was met while walking.</summary>
    public JsonLocation Property(JsonNode property) => new(property, JsonPointer.Append(Pointer, property.Name));

    /// <summary>An item that was met while walking.</summary>
    public JsonLocation ItemAt(JsonNode item, int index) => new(item, JsonPointer.Append(Pointer, index));
}
