namespace Zoetrope.Specs.Model;

/// <summary>Schemas of server-sent events.</summary>
public static class EventSchemas
{
    /// <summary>The field that holds what an event is about.</summary>
    public const string Data = "data";

    /// <summary>The field that says what kind of event it is.</summary>
    public const string Type = "event";

    /// <summary>Whether an object describes an event with its fields, and not what the data of one is.</summary>
    /// <param name="schema">The object.</param>
    public static bool IsEvent(Schema schema)
    {
        var hasData = false;
        foreach (var property in schema.Properties)
        {
            hasData |= property.Name == Data;
            if (property.Name is not (Data or Type or "id" or "retry"))
                return false;
        }
        return hasData;
    }
}
