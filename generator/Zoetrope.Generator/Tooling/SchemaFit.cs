using System.Globalization;
using System.Text.RegularExpressions;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>Whether JSON is what a schema allows. What cannot be decided is not.</summary>
/// <param name="find">Finds a schema by its name.</param>
internal sealed class SchemaFit(Func<string, Schema?> find)
{
    private const int Deepest = 32;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>The schema that a schema refers to, or the schema itself; null where there is none of that name.</summary>
    public Schema? Resolve(Schema schema)
    {
        Schema? current = schema;
        for (var i = 0; current?.Ref is { } name; i++)
            current = i < Deepest ? find(name) : null;
        return current;
    }

    /// <summary>Whether a value is valid.</summary>
    public bool IsValid(JsonNode value, Schema schema) => value.Exists && IsValid(value, schema, 0);

    private bool IsValid(JsonNode value, Schema declared, int depth)
    {
        if (depth > Deepest || Resolve(declared) is not { } schema)
            return false;
        if (value.IsNull)
            return declared.Nullable || schema.Nullable;
        if (schema.Enum.Count > 0 && !schema.Enum.Any(known => known.Kind == value.Kind && known.Json == value.Raw))
            return false;
        if (schema.AnyOf.Count > 0)
            return schema.AnyOf.Any(alternative => IsValid(value, alternative, depth + 1));
        return IsOfType(value, schema.Types) && value.Kind switch
        {
            JsonKind.String => IsText(value.String!, schema),
            JsonKind.Number => IsNumber(value.Raw, schema),
            JsonKind.Array => IsList(value, schema, depth),
            JsonKind.Object => IsObject(value, schema, depth),
            _ => true,
        };
    }

    private static bool IsOfType(JsonNode value, SchemaTypes types)
    {
        types &= ~SchemaTypes.Null;
        return types == SchemaTypes.Any || (types & value.Kind switch
        {
            JsonKind.String => SchemaTypes.String,
            JsonKind.Boolean => SchemaTypes.Boolean,
            JsonKind.Array => SchemaTypes.Array,
            JsonKind.Object => SchemaTypes.Object,
            _ => value.Raw.IndexOfAny(['.', 'e', 'E']) < 0 ? SchemaTypes.Integer | SchemaTypes.Number : SchemaTypes.Number,
        }) != 0;
    }

    private static bool IsText(string text, Schema schema)
    {
        var length = text.Length - text.Count(char.IsLowSurrogate);
        return length >= (schema.MinLength ?? 0) && length <= (schema.MaxLength ?? int.MaxValue)
            && (schema.Format is not ("uri" or "url") || text.StartsWith("https://", StringComparison.Ordinal))
            && schema.MorePatterns.Concat(schema.Pattern is { } pattern ? [pattern] : []).All(pattern => Matches(text, pattern));
    }

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, _patience);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            // Not a pattern of .NET, or one that takes too long: not known to match.
            return false;
        }
    }

    private static bool IsNumber(string text, Schema schema)
    {
        if (!TryRead(text, out var number))
            return false;
        return (schema.Minimum is not { } least || (TryRead(least, out var minimum) && (schema.ExclusiveMinimum ? number > minimum : number >= minimum)))
            && (schema.Maximum is not { } most || (TryRead(most, out var maximum) && (schema.ExclusiveMaximum ? number < maximum : number <= maximum)))
            && (schema.MultipleOf is not { } factor || (TryRead(factor, out var step) && step != 0 && number % step == 0));
    }

    private static bool TryRead(string text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private bool IsList(JsonNode value, Schema schema, int depth)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value)
        {
            if ((schema.Items is { } items && !IsValid(item, items, depth + 1)) || (!known.Add(item.Raw) && schema.UniqueItems))
                return false;
        }
        return value.Count >= (schema.MinItems ?? 0) && value.Count <= (schema.MaxItems ?? int.MaxValue);
    }

    private bool IsObject(JsonNode value, Schema schema, int depth)
    {
        foreach (var property in schema.Properties)
        {
            var member = value[property.Name];
            if (member.Exists ? !IsValid(member, property.Schema, depth + 1) : property.Required)
                return false;
        }
        foreach (var member in value)
        {
            if (schema.Properties.Any(property => property.Name == member.Name))
                continue;
            if (schema.Closed || (schema.AdditionalProperties is { } others && !IsValid(member, others, depth + 1)))
                return false;
        }
        return true;
    }
}
