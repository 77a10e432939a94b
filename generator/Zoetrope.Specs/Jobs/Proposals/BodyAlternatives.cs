using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>The member that says which of several schemas a body is of, and its values: a model each.</summary>
/// <param name="Member">The name of the member.</param>
/// <param name="Values">Its values, of which each selects one schema.</param>
internal sealed record BodyAlternatives(string Member, List<string> Values)
{
    private static readonly string[] _keywords = ["oneOf", "anyOf"];

    /// <summary>The alternatives of the body of an operation; null where it is one schema, or nothing distinguishes them.</summary>
    public static BodyAlternatives? Of(JobsDocument document, JobsOperation operation)
    {
        if (document.BodyOf(operation, out _) is not { } body || document.References.Follow(body) is not { } whole || whole.Node["properties"].Exists)
            return null;
        var paths = new SchemaPaths(document.References);
        var alternatives = _keywords.Select(keyword => Items(whole[keyword])).FirstOrDefault(items => items.Count > 1);
        if (alternatives is null)
            return null;
        var names = whole.Node["discriminator"]["propertyName"].String is { } named
            ? [named]
            : alternatives.Select(schema => paths.Wholes(schema).SelectMany(SchemaPaths.NamesOf)).Aggregate((all, one) => all.Intersect(one)).ToList();
        foreach (var name in names)
        {
            var values = alternatives.ConvertAll(schema => ValuesOf(paths, schema, name));
            var all = values.SelectMany(value => value).ToList();
            // A value that two alternatives have selects none of them.
            if (values.TrueForAll(value => value.Count > 0) && all.Distinct(StringComparer.Ordinal).Count() == all.Count)
                return new(name, all);
        }
        return null;
    }

    private static List<string> ValuesOf(SchemaPaths paths, JsonLocation schema, string name) =>
        paths.Find(schema, "/" + JsonPointer.Escape(name)).SelectMany(SchemaPaths.ValuesOf).Select(value => value.Node.String).OfType<string>()
            .Distinct(StringComparer.Ordinal).ToList();

    private static List<JsonLocation> Items(JsonLocation list)
    {
        var items = new List<JsonLocation>();
        foreach (var item in list.Node.IsArray ? list.Node : default)
            items.Add(list.ItemAt(item, items.Count));
        return items;
    }
}
