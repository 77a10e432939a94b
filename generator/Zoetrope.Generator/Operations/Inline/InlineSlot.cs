using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>The location of a schema without a name in an operation.</summary>
/// <param name="Name">What a type there is called.</param>
/// <param name="Around">The location of the object that it is in; of a body, a response or a parameter the operation, which is in nothing.</param>
/// <param name="Key">Where it is, in the words of the lock file (see <see cref="NameKeys"/>).</param>
/// <param name="Label">What messages call it.</param>
internal sealed record InlineSlot(string Name, InlineSlot? Around, string Key, string Label)
{
    /// <summary>Members that hold what a response is about, and say nothing of it.</summary>
    private static readonly HashSet<string> Envelopes =
        new(StringComparer.OrdinalIgnoreCase) { "data", "items", "results", "result", "records", "entries", "list", "response", "payload" };

    /// <summary>Whether it is one of a union's, which makes one of all its texts, and takes unions inside it apart.</summary>
    public bool IsAlternative { get; init; }

    /// <summary>Whether it is one of several.</summary>
    public bool IsItem { get; init; }

    /// <summary>Whether it is what an operation takes or gives as a whole, so that the operation names it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether it is in what comes with an error.</summary>
    public bool IsOfError { get; init; }

    /// <summary>The location of the items of lists and maps here.</summary>
    public InlineSlot Item() => this with { Name = TypeNames.Singular(Name), IsItem = true, IsAlternative = false };

    /// <summary>The location of a member.</summary>
    public InlineSlot Member(string name) =>
        new(MemberNames.Of(name), this, Key + "." + name, name) { IsWhole = IsWhole && Envelopes.Contains(name), IsOfError = IsOfError };

    /// <summary>The location of an alternative.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="number">Its number, from 1.</param>
    public InlineSlot Alternative(string name, int number) =>
        this with { Name = name, Key = Key + "#" + DocumentText.Number(number), IsAlternative = true, IsWhole = false };

    /// <summary>The operation.</summary>
    public InlineSlot Operation => Around is null ? this : Around.Operation;

    /// <summary>The names that lead that of a type here where it alone is ambiguous, from the inside out.</summary>
    public IEnumerable<string> Leading()
    {
        for (var slot = Around; slot is not null; slot = slot.Around)
        {
            if (!slot.IsWhole)
                yield return slot.Name;
        }
    }
}
