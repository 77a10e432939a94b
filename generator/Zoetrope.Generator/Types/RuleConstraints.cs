using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Adds limits that a sentence states to the constraints of a property.</summary>
internal static class RuleConstraints
{
    /// <summary>The property with the limit; null where its type has no such constraint.</summary>
    public static BoundProperty? Of(BoundProperty property, ParameterRule rule)
    {
        var type = property.Type;
        return rule.Kind switch
        {
            ParameterRuleKind.Count when type.Kind == TypeKind.List => property with { Constraints = WithCount(property.Constraints, rule) },
            ParameterRuleKind.Length when type.Kind == TypeKind.String => property with { Constraints = WithLength(property.Constraints, rule) },
            ParameterRuleKind.ItemLength when type.IsListOf(TypeKind.String) =>
                property with { ItemConstraints = WithLength(property.ItemConstraints, rule with { IsRequired = true }) },
            ParameterRuleKind.File when type.Kind == TypeKind.String =>
                property with { Constraints = property.Constraints with { File = Merge(property.Constraints.File, rule.File!) } },
            ParameterRuleKind.File when type.IsListOf(TypeKind.String) =>
                property with { ItemConstraints = property.ItemConstraints with { File = Merge(property.ItemConstraints.File, rule.File!) } },
            ParameterRuleKind.Value when type.Kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number =>
                property with { Constraints = WithRange(property.Constraints, type.Kind, rule.Range) },
            _ => null,
        };
    }

    private static Constraints WithCount(Constraints own, ParameterRule rule)
    {
        var least = Least(rule);
        return own with
        {
            MinItems = own.MinItems ?? least,
            MaxItems = own.MaxItems ?? Most(rule),
            OrEmpty = own.MinItems is null && least is not null ? !rule.IsRequired : own.OrEmpty,
        };
    }

    private static Constraints WithLength(Constraints own, ParameterRule rule)
    {
        var least = Least(rule);
        return own with
        {
            MinLength = own.MinLength ?? least,
            MaxLength = own.MaxLength ?? Most(rule),
            OrEmpty = own.MinLength is null && least is not null ? !rule.IsRequired : own.OrEmpty,
        };
    }

    private static int? Least(ParameterRule rule) => rule.Range.Minimum is > 0 and <= int.MaxValue and { } least ? (int)Math.Ceiling(least) : null;

    private static int? Most(ParameterRule rule) => rule.Range.Maximum is >= 0 and <= int.MaxValue and { } most ? (int)Math.Floor(most) : null;

    private static Constraints WithRange(Constraints own, TypeKind kind, ValueRange range)
    {
        var (min, max) = (Text(range.Minimum), Text(range.Maximum));
        var isDouble = kind == TypeKind.Number;
        return own with
        {
            Minimum = own.Minimum ?? Limit(min, isMinimum: true, range.ExclusiveMinimum),
            Maximum = own.Maximum ?? Limit(max, isMinimum: false, range.ExclusiveMaximum),
            ExclusiveMinimum = own.ExclusiveMinimum || (isDouble && own.Minimum is null && range.ExclusiveMinimum),
            ExclusiveMaximum = own.ExclusiveMaximum || (isDouble && own.Maximum is null && range.ExclusiveMaximum),
            MultipleOf = own.MultipleOf ?? Divisor(range.MultipleOf),
        };

        static string? Text(decimal? value) => value is { } given ? ValueRange.Text(given) : null;

        string? Divisor(decimal? value) => Text(value) is { } text && text != "0" ? BoundRuleTypes.Spell(kind, text) : null;

        string? Limit(string? text, bool isMinimum, bool exclusive) => kind switch
        {
            TypeKind.Integer => Numbers.Integer(text, isMinimum, exclusive),
            TypeKind.WideInteger => Numbers.WideInteger(text, isMinimum, exclusive),
            _ => Numbers.Double(text),
        };
    }

    private static FileLimits Merge(FileLimits? own, FileLimits words) => own is null ? words : own with
    {
        MaxFileSize = own.MaxFileSize ?? words.MaxFileSize,
        MinWidth = own.MinWidth ?? words.MinWidth,
        MaxWidth = own.MaxWidth ?? words.MaxWidth,
        MinHeight = own.MinHeight ?? words.MinHeight,
        MaxHeight = own.MaxHeight ?? words.MaxHeight,
        MinAspectRatio = own.MinAspectRatio ?? words.MinAspectRatio,
        MaxAspectRatio = own.MaxAspectRatio ?? words.MaxAspectRatio,
        MinDuration = own.MinDuration ?? words.MinDuration,
        MaxDuration = own.MaxDuration ?? words.MaxDuration,
        MinFrameRate = own.MinFrameRate ?? words.MinFrameRate,
        MaxFrameRate = own.MaxFrameRate ?? words.MaxFrameRate,
        Formats = own.Formats.Count > 0 ? own.Formats : words.Formats,
    };
}
