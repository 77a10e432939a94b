using System.ComponentModel;
using Zoetrope.Formats;
using Zoetrope.Json;

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

    /// <summary>Warns of a member that is not given and for which the service takes a sample file.</summary>
    /// <param name="given">Whether it is given.</param>
    /// <param name="name">The member.</param>
    /// <param name="sample">The documented default.</param>
    /// <param name="extras">What was read, where a null was given or another type.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void SampleFile(bool given, string name, string sample, ExtraProperties? extras = null)
    {
        if (!given && extras?.HasNull(name) != true && !Has(name))
            (_issues ??= []).Add(new ValidationIssue(name, ValidationRule.SampleFile, sample) { IsWarning = true });
    }

    /// <summary>
    /// Reports a file whose format the documentation excludes, where the input is a <c>data:</c> URI or a local file that the submit uploads. Files of which it
    /// is not certain are valid.
    /// </summary>
    /// <param name="value">The input.</param>
    /// <param name="name">The member.</param>
    /// <param name="formats">The formats of which it must be one, with spaces between them.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void FileFormat(string? value, string name, string formats)
    {
        if (value is not null && DataUri.IsOne(value))
            FileChecks.CheckFormat(ref this, value, name, formats);
        else if (value is not null && LocalFiles.IsOne(value))
            LocalFiles.CheckFormat!(ref this, value, name, formats);
    }

    /// <summary>Makes warnings of the issues since <paramref name="mark"/>: the words of their rules are soft.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly void Advise(int mark)
    {
        for (var i = mark; i < (_issues?.Count ?? 0); i++)
            _issues![i] = _issues[i] with { IsWarning = true };
    }
}
