using System.ComponentModel;
using System.Globalization;

namespace Zoetrope.CodeGen.Costs;

/// <summary>
/// A parameter that decides about the cost of a job: its value, or the values that the service may take where it is left out. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CostInput
{
    private readonly CostRules _rules;
    private readonly string[] _values;
    private int _index;

    internal CostInput(CostRules rules, string name, string[] values, bool isGiven, bool isNull = false)
    {
        _rules = rules;
        _values = values;
        Name = name;
        IsGiven = isGiven;
        NotKnown = isNull ? $"{name} is given as null, whose meaning is not documented" : $"{name} is not given, and its default is not documented";
    }

    internal string Name { get; }

    /// <summary>Whether there is one value only, the one that was given or the documented default.</summary>
    internal bool IsGiven { get; }

    /// <summary>Whether the value is this.</summary>
    public bool Is(string value) => IsKnown() && IsValue(value, StringComparison.Ordinal);

    /// <summary>Whether the value is this, in any case.</summary>
    public bool IsIgnoringCase(string value) => IsKnown() && IsValue(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the value is another.</summary>
    public bool IsNot(string value) => IsKnown() && !IsValue(value, StringComparison.Ordinal);

    /// <summary>Whether the value is another, in any case.</summary>
    public bool IsNotIgnoringCase(string value) => IsKnown() && !IsValue(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the number is below this.</summary>
    public bool IsBelow(decimal limit) => Compared is { } value && value < limit;

    /// <summary>Whether the number is this or below.</summary>
    public bool IsAtMost(decimal limit) => Compared is { } value && value <= limit;

    /// <summary>Whether the number is above this.</summary>
    public bool IsAbove(decimal limit) => Compared is { } value && value > limit;

    /// <summary>Whether the number is this or above.</summary>
    public bool IsAtLeast(decimal limit) => Compared is { } value && value >= limit;

    /// <summary>The value as a number, of seconds where a unit follows it; null where it is none.</summary>
    internal decimal? Number => Text is { } text ? NumberOf(text) : null;

    /// <summary>Whether a rule has compared it or multiplied by it.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>Whether a rule has compared it.</summary>
    internal bool IsCompared { get; private set; }

    /// <summary>The value as text; null where it is not known.</summary>
    internal string? Text => _index < _values.Length ? _values[_index] : null;

    /// <summary>
    /// Whether it has no value now: the service may see it as left out, so that no comparison holds and only a rule without a condition may apply.
    /// </summary>
    internal bool IsAbsent => _index == _values.Length && _index > 0;

    private decimal? Compared
    {
        get
        {
            IsUsed = IsCompared = true;
            if (Number is null && !IsAbsent)
                _rules.Open(Text is { } text ? $"'{text}' of {Name} is not a number" : NotKnown);
            return Number;
        }
    }

    /// <summary>Why a value is not known.</summary>
    internal string NotKnown { get; }

    /// <summary>Goes to the next value; false where it begins again.</summary>
    internal bool Next()
    {
        // The state without a value comes after the values.
        if (IsGiven || _index >= _values.Length)
        {
            _index = 0;
            return false;
        }
        _index++;
        return true;
    }

    internal static decimal? NumberOf(string text)
    {
        var digits = text.AsSpan().Trim();
        foreach (var unit in new[] { "seconds", "second", "secs", "sec", "s" })
        {
            if (digits.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                digits = digits[..^unit.Length].TrimEnd();
                break;
            }
        }
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        return decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // Whatever is compared with a value that is not known leaves the cost open.
    private bool IsKnown()
    {
        IsUsed = IsCompared = true;
        if (Text is not null)
            return true;
        if (!IsAbsent)
            _rules.Open(NotKnown);
        return false;
    }

    private bool IsValue(string value, StringComparison comparison) => string.Equals(_values[_index], value, comparison)
        || (NumberOf(value) is { } number && NumberOf(_values[_index]) == number);
}
