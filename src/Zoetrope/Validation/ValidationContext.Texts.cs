using Zoetrope.Text;

namespace Zoetrope.Validation;

/// <content>The rule for all texts: they must be valid Unicode. Others cannot be sent.</content>
public partial struct ValidationContext
{
    /// <summary>Reports a text that is not valid Unicode, such as one that was truncated within a surrogate pair.</summary>
    public void Text(string? value, string name)
    {
        if (value is not null && Surrogates.IndexOfLone(value) is var at and >= 0)
            Add(name, ValidationRule.Unicode, null, Text(at));
    }

    /// <summary>Reports texts of an array that are not valid Unicode.</summary>
    public void Texts(IReadOnlyList<string?>? list, string name)
    {
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i] is { } value && Surrogates.IndexOfLone(value) is var at and >= 0)
                Add($"{name}[{Text(i)}]", ValidationRule.Unicode, null, Text(at));
        }
    }

    /// <summary>Reports names of a map that are not valid Unicode.</summary>
    public void Names<T>(IReadOnlyDictionary<string, T>? map, string name)
    {
        if (map is null)
            return;
        foreach (var member in map)
            Text(member.Key, name);
    }

    /// <summary>Reports a required text that is missing, or is not valid Unicode.</summary>
    public void Required(string? value, string name)
    {
        if (value is null)
            Required(false, name);
        else
            Text(value, name);
    }
}
