using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>A location in a provider's request or result.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Pointer">The location.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Constraints">Its constraints.</param>
/// <param name="ItemConstraints">Those of its items.</param>
/// <param name="Required">The required members of the objects on the way that need a value too, as pointers.</param>
internal sealed record CatalogTarget(
    BoundEndpoint Endpoint, string Pointer, TypeRef Type, Constraints Constraints, Constraints ItemConstraints, EquatableArray<string> Required)
{
    /// <summary>
    /// Follows a pointer; empty where the document has no such location, and several where alternatives of a union have it. Of what stays raw JSON, every
    /// location is one.
    /// </summary>
    public static IEnumerable<CatalogTarget> Find(BoundEndpoint endpoint, BoundObject root, string pointer)
    {
        var steps = JsonPointer.Steps(pointer);
        return steps.Length == 0 ? [] : new Walk(endpoint, pointer, steps).InObject(root, 0, "", []);
    }

    /// <summary>Whether a value is valid here.</summary>
    public bool Accepts(JsonLiteral value) => CatalogValues.Accepts(Endpoint.Types, Type, Constraints, value);

    private sealed class Walk(BoundEndpoint endpoint, string pointer, string[] steps)
    {
        public IEnumerable<CatalogTarget> InObject(BoundObject model, int index, string at, EquatableArray<string> required)
        {
            if (model.Find(steps[index]) is not { } property)
                return [];
            if (index > 0)
            {
                var others = model.Properties.Where(other => other is { Required: true, Constant: null } && other.JsonName != property.JsonName);
                required = required.Concat(others.Select(other => JsonPointer.Append(at, other.JsonName))).ToEquatableArray();
            }
            return In(property.Type, property.Constraints, property.ItemConstraints, index + 1, JsonPointer.Append(at, property.JsonName), required);
        }

        private IEnumerable<CatalogTarget> In(
            TypeRef type, Constraints constraints, Constraints items, int index, string at, EquatableArray<string> required)
        {
            type = type.Given;
            if (index == steps.Length || type.Kind == TypeKind.Raw)
                return [new(endpoint, pointer, type, index == steps.Length ? constraints : Constraints.None, items, required)];
            return type.Kind switch
            {
                TypeKind.Object => InObject(endpoint.Types.Object(type.Name), index, at, required),
                TypeKind.List when JsonPointer.IsIndex(steps[index]) => Inside(type, items, index, at, required),
                TypeKind.Map => Inside(type, items, index, at, required),
                TypeKind.Union => endpoint.Types.Union(type.Name).Alternatives
                    .SelectMany(alternative => In(alternative.Type, alternative.Checks, alternative.ItemChecks, index, at, required)),
                _ => [],
            };
        }

        private IEnumerable<CatalogTarget> Inside(TypeRef type, Constraints items, int index, string at, EquatableArray<string> required) =>
            In(type.Item!, items, items.Items ?? Constraints.None, index + 1, JsonPointer.Append(at, steps[index]), required);
    }
}
