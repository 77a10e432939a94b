using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>What is said in words of schemas of one shape: all of it that none contradicts.</summary>
internal static class InlineWords
{
    // The placeholder of what differs, until all are known.
    private const string Differs = "";

    /// <summary>The schema with what both say, or one says and the other does not.</summary>
    public static Schema Common(Schema one, Schema other) => one with
    {
        Description = Common(one.Description, other.Description),
        Title = Common(one.Title, other.Title),
        Items = one.Items is { } items && other.Items is { } otherItems ? Common(items, otherItems) : one.Items,
        AdditionalProperties = one.AdditionalProperties is { } members && other.AdditionalProperties is { } otherMembers
            ? Common(members, otherMembers)
            : one.AdditionalProperties,
        AnyOf = one.AnyOf.Zip(other.AnyOf, Common).ToEquatableArray(),
        Properties = one.Properties
            .Zip(other.Properties, (property, same) => property with { Schema = Common(property.Schema, same.Schema) })
            .ToEquatableArray(),
    };

    /// <summary>The schema without what differed.</summary>
    public static Schema Settle(Schema schema) => schema with
    {
        Description = schema.Description == Differs ? null : schema.Description,
        Title = schema.Title == Differs ? null : schema.Title,
        Items = schema.Items is { } items ? Settle(items) : null,
        AdditionalProperties = schema.AdditionalProperties is { } members ? Settle(members) : null,
        AnyOf = schema.AnyOf.Select(Settle).ToEquatableArray(),
        Properties = schema.Properties.Select(property => property with { Schema = Settle(property.Schema) }).ToEquatableArray(),
    };

    private static string? Common(string? one, string? other)
    {
        if (one is null)
            return other;
        return other is null || one == other ? one : Differs;
    }
}
