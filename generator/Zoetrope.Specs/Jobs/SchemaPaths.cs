using Zoetrope.Specs.Json;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Jobs;

/// <summary>Follows JSON pointers of values through the schemas that describe them: references, alternatives and parts of <c>allOf</c> on the way.</summary>
internal sealed class SchemaPaths(ReferenceResolver references)
{
    /// <summary>
    /// The schemas of the value at a pointer, of each alternative that has it; empty where the schema does not describe such a value. A schema that says
    /// nothing of its members has each of them.
    /// </summary>
    /// <param name="schema">The schema of the whole.</param>
    /// <param name="pointer">The pointer; <c>*</c> is each item of an array.</param>
    public List<JsonLocation> Find(JsonLocation schema, string pointer)
    {
        var found = Wholes(schema);
        foreach (var step in JsonPointer.Steps(pointer))
            found = found.SelectMany(whole => Below(whole, step)).GroupBy(whole => whole.Pointer ?? "").Select(group => group.First()).ToList();
        return found;
    }

    /// <summary>The alternatives of a schema, and the parts that it is made of, references followed.</summary>
    public List<JsonLocation> Wholes(JsonLocation schema)
    {
        var found = new List<JsonLocation>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Add(schema);
        return found;

        void Add(JsonLocation at)
        {
            // Alternatives may lead back to themselves.
            if (references.Follow(at) is not { } whole || !seen.Add(whole.Pointer ?? ""))
                return;
            var isCombined = false;
            foreach (var keyword in new[] { "oneOf", "anyOf", "allOf" })
            {
                var list = whole[keyword];
                var index = 0;
                foreach (var item in list.Node.IsArray ? list.Node : default)
                {
                    isCombined = true;
                    Add(list.ItemAt(item, index++));
                }
            }
            if (!isCombined || whole.Node["properties"].Exists || whole.Node["type"].Exists)
                found.Add(whole);
        }
    }

    /// <summary>The names of the members that a schema lists itself.</summary>
    public static IEnumerable<string> NamesOf(JsonLocation schema)
    {
        foreach (var property in schema.Node["properties"])
            yield return property.Name;
    }

    /// <summary>The values that a value may have (<c>enum</c> and <c>const</c>), where the schema lists them, each with its location.</summary>
    public static IEnumerable<JsonLocation> ValuesOf(JsonLocation schema)
    {
        if (schema.Node["const"].Exists)
            yield return schema["const"];
        var list = schema["enum"];
        var index = 0;
        foreach (var item in list.Node.IsArray ? list.Node : default)
            yield return list.ItemAt(item, index++);
    }

    /// <summary>The JSON types that a schema states; empty where it states none.</summary>
    public static List<string> TypesOf(JsonLocation schema)
    {
        var types = new List<string>();
        if (schema.Node["type"].String is { } single)
            types.Add(single);
        foreach (var item in schema.Node["type"].IsArray ? schema.Node["type"] : default)
        {
            if (item.String is { } name)
                types.Add(name);
        }
        return types;
    }

    private List<JsonLocation> Below(JsonLocation whole, string step)
    {
        var isIndex = step == "*" || JsonPointer.IsIndex(step);
        var items = whole["items"];
        if (isIndex && items.Exists)
            return Wholes(items);
        // A number is never the name of a member here, because readers take it for that of an item.
        if (isIndex && whole.Node["properties"].Exists)
            return [];
        if (whole["properties"][step] is { Exists: true } property)
            return Wholes(property);
        if (whole.Node["properties"].Exists)
            return [];
        if (whole.Node["additionalProperties"].IsObject)
            return Wholes(whole["additionalProperties"]);
        var types = TypesOf(whole);
        return types.Count == 0 || types.Contains(isIndex ? "array" : "object") ? [default] : [];
    }
}
