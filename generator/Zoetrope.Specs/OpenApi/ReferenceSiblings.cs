using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>What is said beside a reference, and what is left of it where the reference stays one.</summary>
internal static class ReferenceSiblings
{
    /// <summary>Whether a schema says more than a reference with its annotations does.</summary>
    public static bool HasStructure(JsonNode node)
    {
        foreach (var keyword in node)
        {
            if (IsStructure(keyword.Name) || keyword.Name is "anyOf" or "oneOf")
                return true;
        }
        return false;
    }

    /// <summary>What is said beside a reference to a schema around, without what only a schema of its own could have; that is reported.</summary>
    public static Schema OnlyAnnotations(Schema own, JsonNode node, List<SpecProblem> problems)
    {
        foreach (var keyword in node)
        {
            if (IsStructure(keyword.Name))
                problems.Add(Problems.UnsupportedKeyword.At(keyword.NameRange, keyword.Name));
        }
        return own.Annotations();
    }

    /// <summary>What a value is that is made of a schema around it: that schema by its name. What else is said of the form of the value is reported.</summary>
    /// <param name="around">The reference.</param>
    /// <param name="parts">What the value is made of, the reference among them.</param>
    /// <param name="own">What is beside them.</param>
    /// <param name="allOf">The keyword.</param>
    /// <param name="problems">Where problems go.</param>
    public static Schema Keep(Schema around, List<Schema> parts, Schema own, JsonNode allOf, List<SpecProblem> problems)
    {
        var rest = parts.FindAll(part => part != around);
        // A type beside a reference says nothing new.
        if (rest.Append(own).Any(part => !(part with { Types = part.Types & SchemaTypes.Null }).IsAnnotationOnly()))
            problems.Add(Problems.UnsupportedKeyword.At(allOf.NameRange, allOf.Name));
        return SchemaMerge.Overlay(around, rest.Aggregate(own.Annotations(), (all, part) => SchemaMerge.Overlay(part.Annotations(), all)));
    }

    private static bool IsStructure(string keyword) => keyword is "properties" or "required" or "items" or "prefixItems" or "additionalProperties"
        or "enum" or "const" or "pattern" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf"
        or "minLength" or "maxLength" or "minItems" or "maxItems" or "uniqueItems";
}
