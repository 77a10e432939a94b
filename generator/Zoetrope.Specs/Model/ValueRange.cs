using System.Globalization;

namespace Zoetrope.Specs.Model;

/// <summary>The limits of a number in a rule that a document states in words.</summary>
public sealed record ValueRange
{
    /// <summary>No limit.</summary>
    public static readonly ValueRange None = new();

    /// <summary>The least value.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The greatest value.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is out.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is out.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>The number by which the value is divided.</summary>
    public decimal? MultipleOf { get; init; }

    /// <summary>What is left then.</summary>
    public decimal Remainder { get; init; }

    /// <summary>Whether a number is within the limits.</summary>
    public bool Contains(decimal value)
    {
        if (value < Minimum || (ExclusiveMinimum && value == Minimum) || value > Maximum || (ExclusiveMaximum && value == Maximum))
            return false;
        return MultipleOf is not { } divisor || divisor == 0 || value % divisor == Remainder;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Minimum == Maximum && Minimum is { } exact)
            parts.Add("= " + Text(exact));
        else
        {
            if (Minimum is { } min)
                parts.Add((ExclusiveMinimum ? "> " : ">= ") + Text(min));
            if (Maximum is { } max)
                parts.Add((ExclusiveMaximum ? "< " : "<= ") + Text(max));
        }
        if (MultipleOf is { } divisor)
            parts.Add($"% {Text(divisor)} = {Text(Remainder)}");
        return string.Join(", ", parts);
    }

    /// <summary>A number in its shortest spelling.</summary>
    public static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
