using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads alternatives (<c>anyOf</c>, <c>oneOf</c>) and their siblings.</summary>
internal sealed class UnionReader(SchemaReader schemas, DiscriminatorReader discriminators, List<SpecProblem> problems)
{
    // Alternatives of alternatives multiply; real documents have a handful.
    private const int MostJoined = 64;

    /// <summary>What became of an alternative.</summary>
    private enum Joining
    {
        /// <summary>It has the members too.</summary>
        Done,

        /// <summary>It cannot have them.</summary>
        Refused,

        /// <summary>It is made of the schema that it is in.</summary>
        Circular,
    }

    /// <summary>Adds the alternatives of <paramref name="node"/> to what else it says.</summary>
    public Schema Read(JsonNode node, string pointer, Schema own)
    {
        var keyword = node["anyOf"].Exists ? "anyOf" : "oneOf";
        var alternatives = node[keyword];
        if (!alternatives.Exists)
        {
            discriminators.ReportLone(node["discriminator"], own);
            return Join(own, node);
        }
        if (!alternatives.IsArray || alternatives.Count == 0)
        {
            problems.Add(Problems.BadKeyword.At(alternatives.Range, keyword, "an array with alternatives"));
            return own;
        }
        if (keyword == "anyOf" && node["oneOf"].Exists)
            problems.Add(Problems.AlternativesIgnored.At(node["oneOf"].NameRange, "oneOf"));
        if (RequiresOnly(alternatives))
            return Join(AddRule(own, alternatives, pointer), node);

        var stated = discriminators.Read(node["discriminator"]);
        var read = ReadAlternatives(alternatives, JsonPointer.Append(pointer, keyword), out var nullable);
        if (nullable)
            own = own with { Types = own.Types | SchemaTypes.Null };
        if (read.Count == 0)
            return own;
        if (own.Ref is not null && (read.Count > 1 || own.Ref != read[0].Ref))
        {
            problems.Add(Problems.AlternativesIgnored.At(alternatives.NameRange, keyword));
            return own;
        }
        if (read.Count == 1 && (read[0].Ref is null || own.Properties.Count == 0))
            return Single(read[0], own, node);
        if (own.AnyOf.Count > 0)
            problems.Add(Problems.AlternativesIgnored.At(alternatives.NameRange, keyword));
        if (stated is not null && own.Properties.Count == 0)
            discriminators.Note(stated, read);
        var joined = Join(own with { AnyOf = read.ToEquatableArray(), Discriminator = stated }, node);
        return joined.AnyOf.Count == 1 ? SchemaMerge.Overlay(joined.AnyOf[0], joined with { AnyOf = default, Discriminator = null }) : joined;
    }

    /// <summary>A single alternative is not a choice: all its siblings apply to it too.</summary>
    private Schema Single(Schema only, Schema own, JsonNode node)
    {
        if (own with { Types = own.Types & SchemaTypes.Null } is var rest && rest.IsAnnotationOnly())
            return SchemaMerge.Overlay(only, own);
        var combined = schemas.Combine(only, own, node);
        return combined with { Types = combined.Types | (own.Types & SchemaTypes.Null) };
    }

    private List<Schema> ReadAlternatives(JsonNode alternatives, string pointer, out bool nullable)
    {
        var read = new List<Schema>();
        nullable = false;
        var index = 0;
        foreach (var alternative in alternatives)
        {
            var place = JsonPointer.Append(pointer, index++);
            if (alternative.IsFalse)
                continue;
            var schema = schemas.Read(alternative, place);
            nullable |= schema.Nullable;
            if (schema.IsNullOnly())
                continue;
            schema = schema with { Types = schema.NonNullTypes };
            if (schema.IsPlainUnion())
                read.AddRange(schema.AnyOf);
            else
                read.Add(schema);
        }
        return read;
    }

    /// <summary>The siblings of alternatives apply to each of them: members, types and limits.</summary>
    public Schema Join(Schema schema, JsonNode node)
    {
        if (schema.AnyOf.Count == 0)
            return schema;
        if (schema.Properties.Count == 0)
            return Limit(schema, node);
        var common = new Schema
        {
            Types = SchemaTypes.Object,
            Properties = schema.Properties,
            AdditionalProperties = schema.AdditionalProperties,
            Closed = schema.Closed
        };
        var joined = new List<Schema>();
        foreach (var alternative in schema.AnyOf)
        {
            var result = JoinOne(common, schema.Discriminator, alternative, node, joined);
            if (result == Joining.Refused)
                problems.Add(Problems.AlternativesIgnored.At(node.NameRange.Start, 1, "anyOf, oneOf"));
            if (result != Joining.Done)
                return schema with { AnyOf = default, Discriminator = null };
        }
        return schema with
        {
            Properties = default,
            AdditionalProperties = null,
            Closed = false,
            Types = schema.Types & SchemaTypes.Null,
            AnyOf = joined.ToEquatableArray()
        };
    }

    /// <summary>Types and limits that are siblings of alternatives. A named one of which they say nothing new keeps its name.</summary>
    private Schema Limit(Schema schema, JsonNode node)
    {
        // Formats and undeclared members are not checked, so they are not a reason to split a name.
        var form = schema with { AnyOf = default, Discriminator = null, Rules = default, Format = null, Closed = false, AdditionalProperties = null };
        var common = form.WithoutAnnotations();
        if (common == new Schema())
            return schema;
        var limited = new List<Schema>();
        foreach (var alternative in schema.AnyOf)
        {
            // A reference to a type by name with the same statement beside it adds nothing; nobody means to exclude an alternative by it.
            var isNamed = alternative.Ref is not null && common == new Schema { Types = common.Types };
            limited.Add(!isNamed && schemas.TryInline(alternative, node, out var whole) && whole.AnyOf.Count == 0 && SchemaMerge.HaveTypeInCommon(common, whole)
                ? Narrow(common, alternative, whole, node)
                : alternative);
        }
        return schema.Annotations() with
        {
            Format = schema.Format,
            AnyOf = limited.ToEquatableArray(),
            Discriminator = schema.Discriminator,
            Rules = schema.Rules,
        };
    }

    private Schema Narrow(Schema common, Schema alternative, Schema whole, JsonNode node)
    {
        var merged = schemas.Combine(common, whole, node);
        merged = merged with { Types = merged.Types | (whole.Types & SchemaTypes.Null) };
        return merged == whole ? alternative : merged with { Pointer = alternative.Pointer };
    }

    private Joining JoinOne(Schema common, Discriminator? stated, Schema alternative, JsonNode node, List<Schema> joined)
    {
        // A base that lists those that are made of it: they hold its members already, and it is not made of them.
        if (!schemas.TryInline(alternative, node, out var whole))
            return Joining.Circular;
        if (whole.AnyOf.Count > 0)
        {
            var results = whole.AnyOf.Select(inner => JoinOne(common, stated: null, inner, node, joined));
            return results.FirstOrDefault(result => result != Joining.Done);
        }
        if (whole.NonNullTypes is not (SchemaTypes.Any or SchemaTypes.Object) || whole.Enum.Count > 0 || joined.Count == MostJoined)
            return Joining.Refused;
        if (HasAll(whole, common))
        {
            if (stated is not null)
                discriminators.Note(stated, [alternative]);
            joined.Add(alternative);
            return Joining.Done;
        }
        var merged = schemas.Combine(common, whole, node) with { Pointer = alternative.Pointer };
        // What this union says of it counts before what others do.
        if (stated is not null)
            merged = discriminators.Apply([stated], alternative.Ref, merged);
        if (alternative.Ref is { } name)
            merged = discriminators.Apply(new NamedSchema(name, merged)).Schema;
        joined.Add(merged);
        return Joining.Done;
    }

    private static bool HasAll(Schema whole, Schema common)
    {
        var own = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var member in whole.Properties)
            own[member.Name] = member.Required;
        return common.Properties.All(member => own.TryGetValue(member.Name, out var required) && (required || !member.Required));
    }

    /// <summary>Alternatives that only say which members must be there are a rule where each names one.</summary>
    private Schema AddRule(Schema own, JsonNode alternatives, string pointer)
    {
        var names = new List<string>();
        foreach (var alternative in alternatives)
        {
            foreach (var name in alternative["required"])
            {
                if (alternative["required"].Count == 1 && name.String is { } text && own.Properties.Any(property => property.Name == text))
                    names.Add(text);
            }
        }
        if (names.Count != alternatives.Count || names.Distinct(StringComparer.Ordinal).Count() < Math.Max(2, names.Count))
        {
            problems.Add(Problems.UnsupportedKeyword.At(alternatives.NameRange, alternatives.Name));
            return own;
        }
        var isAny = alternatives.Name == "anyOf";
        var rule = new ParameterRule(
            isAny ? ParameterRuleKind.AtLeastOne : ParameterRuleKind.ExactlyOne, names.ToEquatableArray(),
            (isAny ? "At least one of " : "Exactly one of ") + string.Join(", ", names), JsonPointer.Append(pointer, alternatives.Name));
        return own with { Rules = own.Rules.Append(rule).ToEquatableArray() };
    }

    private static bool RequiresOnly(JsonNode alternatives)
    {
        foreach (var alternative in alternatives)
        {
            if (alternative.Count != 1 || !alternative["required"].Exists)
                return false;
        }
        return true;
    }
}
