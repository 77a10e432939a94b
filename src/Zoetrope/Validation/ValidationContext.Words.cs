using System.ComponentModel;

namespace Zoetrope.Validation;

/// <content>Rules that documents state in words. A trimmed app contains only what its requests use.</content>
public partial struct ValidationContext
{
    /// <summary>Reports a violated rule that the documentation states in words.</summary>
    /// <param name="name">The member that has the sentence.</param>
    /// <param name="sentence">The sentence.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Documented(string name, string sentence)
    {
        // What is wrong with the member itself is reported already.
        if (!Has(name))
            Add(name, ValidationRule.Documented, sentence);
    }

    /// <summary>Makes warnings of the issues since <paramref name="mark"/>: the words of their rules are soft.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly void Advise(int mark)
    {
        for (var i = mark; i < (_issues?.Count ?? 0); i++)
            _issues![i] = _issues[i] with { IsWarning = true };
    }
}
