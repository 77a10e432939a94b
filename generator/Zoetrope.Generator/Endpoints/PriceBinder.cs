using System.Globalization;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Binds the price rules of a page to the parameters of its request. What cannot be bound makes the cost unknown where it may apply.</summary>
internal sealed class PriceBinder(BoundTypes types, string? outputType, BindingProblems problems)
{
    // Whole numbers of a range are tried one by one up to here; beyond, a parameter that is left out has no known values.
    private const int MostValues = 64;

    private readonly Dictionary<string, PricedInput> _inputs = new(StringComparer.Ordinal);
    private readonly PriceQuantities _quantities = new(types.Objects[0]);

    private BoundObject Request => types.Objects[0];

    /// <summary>Binds the rules.</summary>
    public BoundPrices? Bind(PriceTable? table)
    {
        if (table is null)
            return null;
        if (table.IsCut)
            return new(null, default, default, "the page ends inside its price rules");
        if (table.Unread is { } unread)
            return new(null, default, default, $"the page states '{unread}' beside its price rules, which is not understood");
        var areOthersTimed = table.Rules.Any(rule => rule.Price?.Per == PricePer.Second);
        var rules = table.Rules.Select(rule => Bind(rule, areOthersTimed)).ToList();
        ReportOverlaps(table, rules);
        var fallbacks = rules.FindAll(rule => rule.IsFallback);
        if (fallbacks.Select(rule => (rule.Price, rule.Label)).Distinct().Count() > 1)
        {
            const string Reason = "several price rules have no condition";
            rules = rules.ConvertAll(rule => rule.IsFallback ? rule with { Price = null, Unknown = rule.Unknown ?? Reason } : rule);
        }
        var units = rules.Where(rule => rule.Price is not null).Select(rule => rule.Price!.Currency).Distinct().ToList();
        var unknown = units.Count switch
        {
            0 => rules.Select(rule => rule.Unknown).FirstOrDefault(reason => reason is not null) ?? "the page has no price rules",
            1 => rules.Find(rule => rule is { Unknown: not null, IsFallback: false, Cases.Count: 0 })?.Unknown,
            _ => "the prices of the page are in several units",
        };
        if (unknown is not null)
            return new(null, default, default, unknown);
        var used = rules.SelectMany(rule => rule.Cases.SelectMany(one => one.Tests).Concat(rule.Label).Select(test => test.Parameter).Append(rule.Each)
            .Concat(rule.PerhapsEach));
        var inputs = used.OfType<string>().Distinct().Select(name => _inputs[name]).ToEquatableArray();
        return new(units[0], inputs, rules.OrderBy(rule => rule.IsFallback ? 1 : 0).ToEquatableArray(), null);
    }

    /// <summary>What the input says about how much a job makes; null where it says nothing.</summary>
    public BoundMeasure? Measure()
    {
        var (seconds, count) = (_quantities.Seconds, _quantities.Count);
        var files = types.Objects[1].Properties.Select(property => property.Type).Where(IsFile).ToList();
        var isSingle = count is null && files.Count == 1 && files[0].Kind == TypeKind.File;
        var more = _quantities.MoreCounts.Select(Input).OfType<PricedInput>().ToEquatableArray();
        if (seconds is null && count is null && !isSingle && more.Count == 0)
            return null;
        var parts = Request.Properties.Where(property => property.Type.IsListOf(TypeKind.Object) && IsPart(property.Type.Item!)).ToEquatableArray();
        return new(seconds is null ? null : Input(seconds), count is null ? null : Input(count), isSingle, seconds is null ? default : parts)
        {
            PerhapsEach = more,
        };
    }

    private static bool IsFile(TypeRef type) => type.Kind == TypeKind.File || (type.Item is { } item && IsFile(item));

    private bool IsPart(TypeRef type) => type.Owner.Length == 0 && new PriceQuantities(types.Object(type.Name)).Seconds is not null;

    private BoundPrice Bind(PriceRule rule, bool areOthersTimed)
    {
        var bound = new BoundPrice(rule.Text, rule.Cases, rule.IsFallback) { Label = rule.Label };
        // The reader has reported it.
        if (rule.Problem is not null)
            bound = bound with { Unknown = $"the page states '{rule.Text}', which is not understood" };
        var cases = new List<PriceCase>();
        foreach (var one in rule.Cases)
        {
            var tests = new List<PriceTest>();
            foreach (var test in one.Tests)
            {
                if (Input(test.Parameter) is { } input && PriceValues.Wrong(input, test) is null)
                {
                    ReportUnknownValues(rule, input, test);
                    tests.Add(test);
                    continue;
                }
                var reason = Input(test.Parameter) is { } other
                    ? PriceValues.Wrong(other, test)!
                    : $"'{test.Parameter}' is not a parameter that can be compared";
                bound = Unclear(bound, rule, reason);
            }
            cases.Add(new(tests.ToEquatableArray()));
        }
        // A case of which no test is left may apply to anything.
        bound = bound with { Cases = cases.Exists(one => one.Tests.Count == 0) ? default : cases.ToEquatableArray() };
        foreach (var test in rule.Label.Where(test => Input(test.Parameter) is null))
            bound = Unclear(bound, rule, $"'{test.Parameter}' is not a parameter that can be compared");
        return bound.Unknown is null ? BindPrice(bound, rule, areOthersTimed) : bound;
    }

    private BoundPrice BindPrice(BoundPrice bound, PriceRule rule, bool areOthersTimed)
    {
        var price = rule.Price!;
        var (seconds, count) = (_quantities.Seconds, _quantities.Count);
        var more = _quantities.MoreCounts.ToList();
        var open = more.FindAll(name => !IsStated(rule, name));
        bound = bound with { Price = price };
        switch (price)
        {
            case { Quantity: { } named }:
                return Input(named) is { IsNumber: true } ? bound with { Each = named } : Unclear(bound, rule, $"'{named}' is not a parameter with a number");
            case { Per: PricePer.Job }:
                return bound;
            case { Per: PricePer.Second } when seconds is null:
                return Unclear(bound, rule, "no parameter states how many seconds the result lasts");
            case { Per: PricePer.Image } when count is null && open.Count == 0 && outputType != "image":
                return Unclear(bound, rule, "no parameter states how many images the result has");
            case { Per: PricePer.Unit or PricePer.Second } when count is null && more.Count == 0 && outputType == "array":
                return Unclear(bound, rule, "no parameter states how many items the result has");
            case { HasNoUnit: true } when areOthersTimed && seconds is null:
                return Unclear(bound, rule, "other prices of the page are those of a second");
        }
        if (count is not null && price.Per != PricePer.Image && !IsStated(rule, count))
            open.Insert(0, count);
        if (price.HasNoUnit && areOthersTimed)
            open.Insert(0, seconds!);
        var each = price.Per switch { PricePer.Second => seconds, PricePer.Image => count, _ => null };
        foreach (var name in open.Append(each).OfType<string>())
            Input(name);
        return bound with { Each = each, PerhapsEach = open.ToEquatableArray() };
    }

    /// <summary>Whether a condition states one value of a parameter in every case, so that the price is that of so many results.</summary>
    private static bool IsStated(PriceRule rule, string name) => rule.Cases.Count > 0 && rule.Cases.All(one => one.Tests.Any(test =>
        test.Parameter == name && test.Operator is PriceOperator.Is or PriceOperator.IsIgnoringCase && test.Values.Count == 1));

    private BoundPrice Unclear(BoundPrice bound, PriceRule rule, string reason)
    {
        if (bound.Unknown is not null)
            return bound;
        problems.Report(GeneratorProblems.PriceNotEstimated, rule.Pointer, rule.Text, reason);
        return bound with { Price = null, Unknown = $"the page states '{rule.Text}', but {reason}" };
    }

    private PricedInput? Input(string name)
    {
        if (_inputs.TryGetValue(name, out var known))
            return known;
        if (Request.Find(name) is not { } property || Values(property) is not { } values)
            return null;
        var input = new PricedInput(property, TextOf(property.Default), values);
        _inputs.Add(name, input);
        return input;
    }

    /// <summary>The values that a parameter can have, none where they are not known; null where it cannot be compared.</summary>
    private EquatableArray<string>? Values(BoundProperty property) => property.Type.Kind switch
    {
        TypeKind.Enum => types.ValuesOf(property.Type).ToEquatableArray(),
        TypeKind.Boolean or TypeKind.String or TypeKind.Number => default(EquatableArray<string>),
        TypeKind.Integer or TypeKind.WideInteger => Whole(property.Constraints),
        _ => null,
    };

    private static EquatableArray<string> Whole(Constraints limits)
    {
        if (limits.Values.Count > 0)
            return limits.Values;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(limits.Minimum, Style, CultureInfo.InvariantCulture, out var low)
            || !decimal.TryParse(limits.Maximum, Style, CultureInfo.InvariantCulture, out var high)
            || limits.ExclusiveMinimum || limits.ExclusiveMaximum || high < low || high - low >= MostValues || low != decimal.Truncate(low))
            return default;
        return Enumerable.Range(0, (int)(high - low) + 1).Select(step => (low + step).ToString(CultureInfo.InvariantCulture)).ToEquatableArray();
    }

    private static string? TextOf(string? json) => json is null ? null
        : JsonLiterals.TryParse(json) is { Kind: JsonKind.String or JsonKind.Number or JsonKind.Boolean } literal ? literal.Text : null;

    private void ReportUnknownValues(PriceRule rule, PricedInput input, PriceTest test)
    {
        // That a value is not one that is not documented, always holds.
        if (input.Property.Type.Kind != TypeKind.Enum || test.Operator > PriceOperator.IsIgnoringCase)
            return;
        foreach (var value in test.Values.Where(value => !PriceValues.IsDocumented(input, test.Operator, value)))
            problems.Report(GeneratorProblems.PriceUnknownValue, rule.Pointer, rule.Text, value, input.Name);
    }

    /// <summary>Reports rules that can apply to one input and state different prices; an estimate covers both.</summary>
    private void ReportOverlaps(PriceTable table, List<BoundPrice> rules)
    {
        for (var later = 1; later < rules.Count; later++)
        {
            var earlier = rules.FindIndex(rule => rule.Price is not null && rule.Cases.Count > 0 && rules[later].Cases.Count > 0
                && rules[later].Price is { } price && price != rule.Price && PriceOverlaps.CanBoth(rule.Cases, rules[later].Cases));
            if (earlier >= 0 && earlier < later)
                problems.Report(GeneratorProblems.PricesOverlap, table.Rules[later].Pointer, rules[earlier].Text, rules[later].Text);
        }
    }
}
