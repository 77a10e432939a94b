using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Finds names in <c>required</c> that are another spelling of a described member: <c>clientId</c> where <c>client_id</c> is described.</summary>
internal static class RequiredSpellings
{
    /// <summary>The schema without members that only such a name represents; each is reported.</summary>
    public static Schema Drop(Schema schema, List<SpecProblem> problems)
    {
        var misspelled = schema.Properties
            .Where(IsRequirement)
            .Select(name => (Name: name, Meant: Described(schema, name.Name)))
            .Where(one => one.Meant is not null)
            .ToList();
        if (misspelled.Count == 0)
            return schema;
        foreach (var (name, meant) in misspelled)
            problems.Add(Problems.RequiredSpelling.AtPointer(name.Schema.Pointer, name.Name, meant!));
        return schema with { Properties = schema.Properties.Where(property => !misspelled.Exists(one => one.Name == property)).ToEquatableArray() };
    }

    private static bool IsRequirement(SchemaProperty property) =>
        property is { Required: true, Schema: { Types: SchemaTypes.Any, Ref: null } } && property.Schema.IsRequirement();

    private static string? Described(Schema schema, string name)
    {
        var letters = Letters(name);
        return letters.Length == 0
            ? null
            : schema.Properties.FirstOrDefault(property => property.Name != name && Letters(property.Name) == letters && !IsRequirement(property))?.Name;
    }

    private static string Letters(string name) => new string([.. name.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
}
