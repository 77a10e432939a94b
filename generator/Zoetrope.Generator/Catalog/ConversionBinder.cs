using System.Globalization;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Chooses how the values of a neutral parameter become a provider's, and verifies that none is lost.</summary>
internal sealed class ConversionBinder(NeutralSource source, BoundEndpoint endpoint, List<PlacedProblem> problems)
{
    /// <summary>The step that sends a parameter.</summary>
    /// <param name="slot">The parameter.</param>
    /// <param name="mapping">What the catalog says about it.</param>
    /// <param name="targets">Where it is sent.</param>
    /// <param name="at">The location of the mapping.</param>
    public BoundStep? Bind(NeutralSlot slot, CatalogParameter mapping, IReadOnlyList<CatalogTarget> targets, string at)
    {
        if (targets.Count > 1)
            return Spread(slot, mapping, targets, at);
        var target = targets[0];
        if (mapping.Values.Count > 0)
            return Values(slot, mapping, target, at);
        var (from, to) = (slot.Property.Type.Kind, KindOf(target));
        if (mapping.Format is { } format)
        {
            var end = format.IndexOf("{value}", StringComparison.Ordinal);
            return Text(slot, mapping, target, format.Substring(0, end), format.Substring(end + "{value}".Length), at);
        }
        if (IsNumber(from) && to is TypeKind.String or TypeKind.Enum)
            return Text(slot, mapping, target, "", "", at);
        if (from is TypeKind.String or TypeKind.Enum && IsNumber(to))
            return Numbers(slot, mapping, target, at);
        Verify(slot, mapping, target, static value => value, at);
        return target.Pointer == RouteMembers.PointerOf(slot.Name) ? null : new(StepKind.Move, slot.Name, new([target.Pointer]));
    }

    /// <summary>What to write instead of a value that is not valid.</summary>
    public static string Cure(CatalogTarget target)
    {
        var values = CatalogValues.Of(target.Endpoint.Types, target.Type, target.Constraints);
        return values is { Count: > 0 }
            ? "it has " + CatalogValues.Listed(values.Select(value => value.Text))
            : "write a value of type " + CatalogValues.WordOf(target.Type.Kind) + " within its limits";
    }

    private BoundStep Values(NeutralSlot slot, CatalogParameter mapping, CatalogTarget target, string at)
    {
        var known = ValuesOf(slot);
        foreach (var value in mapping.Values)
        {
            var place = JsonPointer.Append(JsonPointer.Append(at, "values"), value.Name);
            var (name, all) = (RouteMembers.NameOf(target.Pointer), known?.Select(one => one.Text).ToList() ?? []);
            if (known is not null && !all.Contains(value.Name))
                Report(GeneratorProblems.CatalogBadValue, place, "'" + value.Name + "'", slot.Name, "", "it has " + CatalogValues.Listed(all));
            if (!target.Accepts(value.Value))
                Report(GeneratorProblems.CatalogBadValue, place, value.Value.Json, name, " at " + endpoint.Provider, Cure(target));
        }
        var missing = known?.Select(value => value.Text).Except(mapping.Values.Select(value => value.Name), StringComparer.Ordinal).ToList();
        if (missing is null)
            Lose(slot, mapping, "values that 'values' does not list", at);
        else if (missing.Count > 0)
            Lose(slot, mapping, CatalogValues.Listed(missing), at);
        var texts = mapping.Values.SelectMany(value => new[] { value.Name, value.Value.Json }).ToEquatableArray();
        return new(StepKind.Values, slot.Name, new([target.Pointer]), texts);
    }

    private BoundStep Text(NeutralSlot slot, CatalogParameter mapping, CatalogTarget target, string before, string after, string at)
    {
        if (slot.Property.Type.Kind is not (TypeKind.String or TypeKind.Enum) && !IsNumber(slot.Property.Type.Kind))
            Lose(slot, mapping, "values of type " + CatalogValues.WordOf(slot.Property.Type.Kind) + " as text", at);
        else if (ValuesOf(slot) is { } known)
            Verify(slot, mapping, target, value => JsonLiterals.String(before + value.Text + after), at, known);
        else if (KindOf(target) == TypeKind.Enum && target.Constraints.KnownValuesOnly)
            Lose(slot, mapping, "texts other than " + CatalogValues.Listed(target.Endpoint.Types.ValuesOf(target.Type)), at);
        else if (KindOf(target) is not (TypeKind.String or TypeKind.Enum or TypeKind.Raw or TypeKind.File or TypeKind.Union))
            Lose(slot, mapping, "values of type string", at);
        return new(StepKind.Text, slot.Name, new([target.Pointer]), new([before, after]));
    }

    private BoundStep Numbers(NeutralSlot slot, CatalogParameter mapping, CatalogTarget target, string at)
    {
        if (ValuesOf(slot) is { } known)
            Verify(slot, mapping, target, static value => new(JsonKind.Number, value.Text, value.Text), at, known);
        else
            Lose(slot, mapping, "texts that are not numbers", at);
        return new(StepKind.Number, slot.Name, new([target.Pointer]));
    }

    private BoundStep Spread(NeutralSlot slot, CatalogParameter mapping, IReadOnlyList<CatalogTarget> targets, string at)
    {
        var (type, own) = (slot.Property.Type, slot.Property.Constraints);
        if (type.Kind != TypeKind.List)
            Lose(slot, mapping, "values of type " + CatalogValues.WordOf(type.Kind) + ", which have no items,", at);
        else if (own.MaxItems is not { } most || most > targets.Count)
            Lose(slot, mapping, "more than " + targets.Count.ToString(CultureInfo.InvariantCulture) + " items", at);
        foreach (var target in type.Kind == TypeKind.List ? targets : [])
        {
            if (CatalogValues.Lost(type.Item!.Given, slot.Property.ItemConstraints, target) is not { } lost)
                continue;
            Lose(slot, mapping, lost, at);
            break;
        }
        return new(StepKind.Spread, slot.Name, targets.Select(target => target.Pointer).ToEquatableArray());
    }

    private void Verify(NeutralSlot slot, CatalogParameter mapping, CatalogTarget target, Func<JsonLiteral, JsonLiteral> convert, string at)
    {
        if (ValuesOf(slot) is { } known)
            Verify(slot, mapping, target, convert, at, known);
        else if (CatalogValues.Lost(slot.Property.Type, OwnLimits(slot), target) is { } lost)
            Lose(slot, mapping, lost, at);
    }

    private void Verify(
        NeutralSlot slot, CatalogParameter mapping, CatalogTarget target, Func<JsonLiteral, JsonLiteral> convert, string at, List<JsonLiteral> known)
    {
        var lost = known.Where(value => !target.Accepts(convert(value))).Select(value => value.Text).ToList();
        if (lost.Count > 0)
            Lose(slot, mapping, CatalogValues.Listed(lost), at);
    }

    private static List<JsonLiteral>? ValuesOf(NeutralSlot slot) => CatalogValues.Of(slot.Types, slot.Property.Type, slot.Property.Constraints);

    // A required text is never empty, and an optional one that is can be left out.
    private static Constraints OwnLimits(NeutralSlot slot) => slot.Property.Type.Kind == TypeKind.String
        ? slot.Property.Constraints with { MinLength = Math.Max(slot.Property.Constraints.MinLength ?? 0, 1) }
        : slot.Property.Constraints with { Items = slot.Property.ItemConstraints };

    /// <summary>The kind of value that a location takes: of a union, the text if it takes texts and no numbers.</summary>
    private static TypeKind KindOf(CatalogTarget target)
    {
        if (target.Type.Kind != TypeKind.Union)
            return target.Type.Kind;
        var kinds = target.Endpoint.Types.Union(target.Type.Name).Alternatives.Select(one => one.Type.Kind).ToList();
        return kinds.Exists(IsNumber) || !kinds.Exists(static kind => kind is TypeKind.String or TypeKind.Enum) ? TypeKind.Union : TypeKind.String;
    }

    private static bool IsNumber(TypeKind kind) => kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number;

    private void Lose(NeutralSlot slot, CatalogParameter mapping, string what, string at)
    {
        if (!mapping.IsPartial)
            Report(GeneratorProblems.CatalogLosesValues, at, endpoint.Provider, what, slot.Name);
    }

    private void Report(ProblemKind kind, string pointer, params string[] arguments) =>
        problems.Add(PlacedProblem.Of(kind, new(source.Path, pointer), [source.Model.Name, .. arguments]));
}
