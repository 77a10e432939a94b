using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads the values of keywords; one that is not what its keyword asks for is reported and ignored.</summary>
internal sealed class ValueReader(List<SpecProblem> problems)
{
    /// <summary>A limit in either style: 3.0 has a limit and a boolean, 3.1 has two numbers of which the narrower counts.</summary>
    public (string? Limit, bool Exclusive)? ReadLimit(JsonNode node, string inclusive, string exclusive, bool isLower)
    {
        var limit = node[inclusive].Exists ? ReadNumber(node[inclusive]) : null;
        var other = node[exclusive];
        if (!other.Exists || other.IsBoolean)
            return (limit, limit is not null && other.IsTrue);
        if (ReadNumber(other) is not { } bound)
            return (limit, false);
        if (limit is null)
            return (bound, true);
        var comparison = SchemaLimits.Compare(limit, bound);
        return (isLower ? comparison > 0 : comparison < 0) ? (limit, false) : (bound, true);
    }

    /// <summary>Reports limits between which nothing is.</summary>
    public void ReportEmptyRanges(JsonNode node, Schema schema)
    {
        if (schema is { Minimum: { } least, Maximum: { } most } && SchemaLimits.Compare(least, most) is var comparison
            && (comparison > 0 || (comparison == 0 && (schema.ExclusiveMinimum || schema.ExclusiveMaximum))))
        {
            var place = node["minimum"].Exists ? node["minimum"] : node["exclusiveMinimum"];
            problems.Add(Problems.EmptyRange.At(place.NameRange, place.Name, node["maximum"].Exists ? "maximum" : "exclusiveMaximum"));
        }
        if (schema.MinLength > schema.MaxLength)
            problems.Add(Problems.EmptyRange.At(node["minLength"].NameRange, "minLength", "maxLength"));
        if (schema.MinItems > schema.MaxItems)
            problems.Add(Problems.EmptyRange.At(node["minItems"].NameRange, "minItems", "maxItems"));
    }

    /// <summary>The types that <c>type</c> states.</summary>
    public SchemaTypes ReadTypes(JsonNode keyword)
    {
        if (keyword.String is { } name && TypeNamed(name) is { } type)
            return type;
        var types = SchemaTypes.Any;
        var valid = keyword.IsArray;
        foreach (var item in keyword)
        {
            var known = TypeNamed(item.String);
            valid &= known is not null;
            types |= known ?? SchemaTypes.Any;
        }
        if (!valid)
            problems.Add(Problems.BadKeyword.At(keyword.Range, "type", "string, integer, number, boolean, array, object, null, or an array of these"));
        return types;
    }

    private static SchemaTypes? TypeNamed(string? name) => name switch
    {
        "string" => SchemaTypes.String,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Boolean,
        "array" => SchemaTypes.Array,
        "object" => SchemaTypes.Object,
        "null" => SchemaTypes.Null,
        _ => null,
    };

    /// <summary>What a provider requires of files.</summary>
    public FileLimits? ReadFileLimits(JsonNode node)
    {
        if (!node.IsObject)
        {
            problems.Add(Problems.BadKeyword.At(node.Range, node.Name, "an object"));
            return null;
        }
        return new FileLimits
        {
            MaxFileSize = Whole(node["max_file_size"]),
            MinWidth = Count(node["min_width"]),
            MaxWidth = Count(node["max_width"]),
            MinHeight = Count(node["min_height"]),
            MaxHeight = Count(node["max_height"]),
            MinAspectRatio = Number(node["min_aspect_ratio"]),
            MaxAspectRatio = Number(node["max_aspect_ratio"]),
            MinDuration = Number(node["min_duration"]),
            MaxDuration = Number(node["max_duration"]),
            MinFrameRate = Number(node["min_fps"]),
            MaxFrameRate = Number(node["max_fps"]),
        };

        string? Number(JsonNode member) => member.Exists && !member.IsNull ? ReadNumber(member) : null;
        long? Whole(JsonNode member) => member.Exists && !member.IsNull ? ReadWhole(member, long.MaxValue) : null;
        int? Count(JsonNode member) => member.Exists && !member.IsNull ? ReadCount(member) : null;
    }

    /// <summary>A text; null where it is <c>null</c> or none.</summary>
    public string? ReadString(JsonNode keyword)
    {
        if (keyword.String is { } text)
            return text;
        if (!keyword.IsNull)
            problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a string"));
        return null;
    }

    /// <summary>Whether it is <c>true</c>.</summary>
    public bool ReadBoolean(JsonNode keyword)
    {
        if (!keyword.IsBoolean)
            problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "true or false"));
        return keyword.IsTrue;
    }

    /// <summary>A number in the document's spelling.</summary>
    public string? ReadNumber(JsonNode keyword)
    {
        if (keyword.IsNumber)
            return keyword.Raw;
        problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a number"));
        return null;
    }

    /// <summary>A whole number from 0 on.</summary>
    public int? ReadCount(JsonNode keyword) => (int?)ReadWhole(keyword, int.MaxValue);

    /// <summary>A whole number from 0 on, in any spelling (<c>10</c>, <c>10.0</c>, <c>1e1</c>); a limit beyond every value does not count.</summary>
    private long? ReadWhole(JsonNode keyword, long most)
    {
        if (keyword.IsNumber && SchemaLimits.Value(keyword.Raw) is var value and >= 0 && Math.Floor(value) == value)
            return value >= most ? null : (long)value;
        problems.Add(Problems.BadKeyword.At(keyword.Range, keyword.Name, "a whole number of 0 or more"));
        return null;
    }
}
