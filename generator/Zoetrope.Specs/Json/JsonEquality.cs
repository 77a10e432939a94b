using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>Compares values by what they say: white space, escapes and the order of properties make no difference; the spelling of numbers does.</summary>
internal static class JsonEquality
{
    /// <summary>Whether two values are the same. Two that are not there are, too.</summary>
    public static bool Same(this JsonNode one, JsonNode other)
    {
        if (one.Exists != other.Exists || one.Kind != other.Kind || one.Count != other.Count)
            return false;
        return one.Kind switch
        {
            JsonKind.String => one.String == other.String,
            JsonKind.Array => SameItems(one, other),
            JsonKind.Object => SameProperties(one, other),
            _ => one.Raw == other.Raw,
        };
    }

    private static bool SameItems(JsonNode one, JsonNode other)
    {
        var others = other.GetEnumerator();
        foreach (var item in one)
        {
            if (!others.MoveNext() || !item.Same(others.Current))
                return false;
        }
        return true;
    }

    private static bool SameProperties(JsonNode one, JsonNode other)
    {
        foreach (var property in one)
        {
            if (!property.Same(other[property.Name]))
                return false;
        }
        return true;
    }
}
