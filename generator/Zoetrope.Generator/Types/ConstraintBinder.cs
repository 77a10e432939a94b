using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Turns the limits of a schema into constraints; those that cannot be checked the same way as by the service are reported.</summary>
internal sealed class ConstraintBinder(BinderContext context)
{
    private readonly ProviderProfile? _provider = ProviderProfiles.Of(context.Scope.Provider);

    /// <summary>What the items of an array are where the document does not say, but the provider does in general; else null.</summary>
    public Schema? UnstatedItems(string jsonName) =>
        _provider?.UrlListSuffix is { } suffix && jsonName.EndsWith(suffix, StringComparison.Ordinal) ? new Schema { Types = SchemaTypes.String } : null;

    /// <summary>The checks of a value of <paramref name="type"/>.</summary>
    public Constraints Bind(Schema schema, TypeRef type, string jsonName)
    {
        switch (type.Kind)
        {
            case TypeKind.String:
                return new Constraints
                {
                    Patterns = PatternsOf(schema, jsonName),
                    MinLength = schema.MinLength is > 0 ? schema.MinLength : null,
                    MaxLength = schema.MaxLength,
                    Urls = UrlsOf(schema, jsonName),
                    File = schema.File is { } limits && HasChecks(limits) ? limits : null,
                };
            case TypeKind.Integer:
                return new Constraints
                {
                    Minimum = Numbers.Integer(schema.Minimum, isMinimum: true, schema.ExclusiveMinimum),
                    Maximum = Numbers.Integer(schema.Maximum, isMinimum: false, schema.ExclusiveMaximum),
                    MultipleOf = MultipleOf(schema, jsonName, isWhole: true),
                    Values = ValuesOf(schema, Numbers.WholeValue),
                };
            case TypeKind.WideInteger:
                return new Constraints
                {
                    Minimum = Numbers.WideInteger(schema.Minimum, isMinimum: true, schema.ExclusiveMinimum),
                    Maximum = Numbers.WideInteger(schema.Maximum, isMinimum: false, schema.ExclusiveMaximum),
                    Values = ValuesOf(schema, Numbers.WideValue),
                    MultipleOf = MultipleOf(schema, jsonName, isWhole: true),
                };
            case TypeKind.Number:
                return new Constraints
                {
                    Minimum = Numbers.Double(schema.Minimum),
                    Maximum = Numbers.Double(schema.Maximum),
                    ExclusiveMinimum = schema.ExclusiveMinimum,
                    ExclusiveMaximum = schema.ExclusiveMaximum,
                    MultipleOf = MultipleOf(schema, jsonName, isWhole: false),
                    Values = ValuesOf(schema, Numbers.Double),
                };
            case TypeKind.Enum:
                // Where plain strings are allowed beside the named ones, every value is.
                return new Constraints { KnownValuesOnly = schema.Enum.Count > 0 };
            case TypeKind.Boolean:
                // Where both are allowed there is nothing to check; C# refuses the question.
                return ValuesOf(schema, text => text) is { Count: 1 } only ? new Constraints { Values = only } : Constraints.None;
            case TypeKind.Raw when IsObject(schema):
                return new Constraints { IsObject = true, OrNull = schema.Nullable };
            case TypeKind.List:
                var isScalar = type.Item!.Kind is
                    TypeKind.String or TypeKind.Enum or TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number or TypeKind.Boolean;
                if (schema.UniqueItems && !isScalar)
                    context.Report(GeneratorProblems.LimitNotChecked, schema.Pointer, jsonName, "that the items differ");
                return new Constraints
                {
                    MinItems = schema.MinItems is > 0 ? schema.MinItems : null,
                    MaxItems = schema.MaxItems,
                    Unique = schema.UniqueItems && isScalar
                };
            default:
                return Constraints.None;
        }
    }

    /// <summary>The constraints of what a list or a map holds.</summary>
    public Constraints BindItems(Schema schema, TypeRef type, string jsonName)
    {
        var declared = type.Kind == TypeKind.Map ? schema.AdditionalProperties : schema.Items ?? UnstatedItems(jsonName);
        if (type.Item?.Given is not { } item || declared is null)
            return Constraints.None;
        var items = Schemas.Inside(LimitsOf(context.Resolve(declared), item), schema);
        var inside = BindItems(items, item, jsonName);
        var own = Bind(items, item, jsonName);
        if (item.Kind == TypeKind.Union)
            own = own with { OrNull = AddsNull(declared) };
        return own with { Items = inside == Constraints.None ? null : inside };
    }

    /// <summary>Whether null is valid where a shared union is used, and not wherever it is: the union itself does not know of it then.</summary>
    public bool AddsNull(Schema declared)
    {
        var shared = declared;
        for (var depth = 0; shared.Ref is { } name && depth < Schemas.MostReferences && context.Scope.Find(name) is { } target; depth++)
            shared = target;
        return context.Scope.Shared is not null && Schemas.IsNullable(declared, context.Resolve) && !Schemas.IsNullable(shared, context.Resolve);
    }

    /// <summary>What says the limits of a value: of alternatives that became one type, what they have in common.</summary>
    public Schema LimitsOf(Schema schema, TypeRef type) =>
        schema.AnyOf.Count > 0 && type.Kind != TypeKind.Union && UnionParts.Of(schema, context.Resolve) is { Count: > 0 } parts
            ? Schemas.Inside(UnionParts.Together(parts.Select(part => part.Resolved).ToList()), schema)
            : schema;

    private EquatableArray<PatternConstraint> PatternsOf(Schema schema, string jsonName)
    {
        var checks = new List<PatternConstraint>();
        foreach (var text in schema.Pattern is { } first ? schema.MorePatterns.Prepend(first) : schema.MorePatterns)
        {
            if (Patterns.Translate(text) is { } pattern)
                checks.Add(new(pattern, text));
            else
                context.Report(GeneratorProblems.LimitNotChecked, schema.Pointer, jsonName, "the pattern " + DocumentText.Shorten(text, 80));
        }
        return checks.ToEquatableArray();
    }

    /// <summary>Whether only objects are valid, of whatever members.</summary>
    public static bool IsObject(Schema schema) => schema.NonNullTypes == SchemaTypes.Object && schema.AnyOf.Count == 0;

    /// <summary>The divisor in digits; of a whole number the least whole one that says the same, or none where every whole number is a multiple.</summary>
    private string? MultipleOf(Schema schema, string jsonName, bool isWhole)
    {
        if (!Numbers.TryDouble(schema.MultipleOf, out var divisor) || divisor <= 0)
            return null;
        if (!isWhole)
            return Numbers.Double(schema.MultipleOf);
        if (Numbers.WholeDivisor(schema.MultipleOf!) is { } whole)
            return whole == "1" ? null : whole;
        context.Report(GeneratorProblems.LimitNotChecked, schema.Pointer, jsonName, "that it is a multiple of " + schema.MultipleOf);
        return null;
    }

    /// <summary>The only values, each once in whatever spellings; none where the type does not hold one of them.</summary>
    private static EquatableArray<string> ValuesOf(Schema schema, Func<string, string?> read)
    {
        var values = schema.Enum.Select(value => read(value.Text)).Distinct(StringComparer.Ordinal).ToList();
        return values.Contains(null) ? default : values.Select(one => one!).ToEquatableArray();
    }

    /// <summary>
    /// The URLs that the provider takes, where the document describes the URL of a file. What a document says of other forms is left to the service;
    /// documents of whole APIs say nothing of it.
    /// </summary>
    private FileUrls? UrlsOf(Schema schema, string jsonName)
    {
        var isFile = _provider is not null || schema.File is not null;
        if (!isFile || !UrlInputs.IsUrl(schema, jsonName))
            return null;
        return UrlInputs.IsAnyUrl(schema) ? FileUrls.Any : _provider?.FileUrls ?? FileUrls.Any;
    }

    private static bool HasChecks(FileLimits limits) => limits != new FileLimits();
}
