using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Whether price rules can apply to one input.</summary>
internal static class PriceOverlaps
{
    /// <summary>Whether a case of the one and a case of the other can hold together, as far as the values that they name show it.</summary>
    public static bool CanBoth(EquatableArray<PriceCase> one, EquatableArray<PriceCase> other) =>
        one.Any(left => other.Any(right => !left.Tests.Any(test => right.Tests.Any(second => Excludes(test, second)))));

    private static bool Excludes(PriceTest one, PriceTest other)
    {
        if (one.Parameter != other.Parameter)
            return false;
        if (IsEqual(one) && IsEqual(other))
            return !one.Values.Any(value => other.Values.Contains(value, StringComparer.OrdinalIgnoreCase));
        if (IsEqual(one) && IsUnequal(other))
            return one.Values.All(value => other.Values.Contains(value, StringComparer.OrdinalIgnoreCase));
        if (IsUnequal(one) && IsEqual(other))
            return Excludes(other, one);
        return Bounds(one) is { } left && Bounds(other) is { } right && (IsBelow(left, right) || IsBelow(right, left));
    }

    private static bool IsEqual(PriceTest test) => test.Operator is PriceOperator.Is or PriceOperator.IsIgnoringCase;

    private static bool IsUnequal(PriceTest test) => test.Operator is PriceOperator.IsNot or PriceOperator.IsNotIgnoringCase;

    private static bool IsBelow((decimal Low, decimal High, bool IsOpen) one, (decimal Low, decimal High, bool IsOpen) other) =>
        one.High < other.Low || (one.High == other.Low && (one.IsOpen || other.IsOpen));

    /// <summary>The numbers that a test lets through; null where it is none of numbers.</summary>
    private static (decimal Low, decimal High, bool IsOpen)? Bounds(PriceTest test)
    {
        if (!decimal.TryParse(test.Values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return null;
        return test.Operator switch
        {
            PriceOperator.IsBelow => (decimal.MinValue, value, true),
            PriceOperator.IsAtMost => (decimal.MinValue, value, false),
            PriceOperator.IsAbove => (value, decimal.MaxValue, true),
            PriceOperator.IsAtLeast => (value, decimal.MaxValue, false),
            PriceOperator.Is or PriceOperator.IsIgnoringCase when test.Values.Count == 1 => (value, value, false),
            _ => null,
        };
    }
}
