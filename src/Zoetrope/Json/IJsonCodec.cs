using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// How one form of value is read and written, for generated code. Forms are put together: a map of lists of numbers is
/// <c>MapCodec&lt;IReadOnlyList&lt;double&gt;, ListCodec&lt;double, DoubleCodec&gt;&gt;</c>.
/// </summary>
/// <typeparam name="T">The C# type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJsonCodec<T>
{
    /// <summary>What several of them are called in messages, such as <c>numbers</c>.</summary>
    static abstract string Plural { get; }

    /// <summary>
    /// Whether its values hold doubles. Whoever reads them keeps the JSON of numbers that have more digits than a double, so that they are written back as they came.
    /// </summary>
    static virtual bool HoldsDoubles => false;

    /// <summary>Whether it takes any JSON, so that taking some says nothing about it.</summary>
    static virtual bool TakesAnything => false;

    /// <summary>Whether its values hold others, so that they are read by <see cref="TryReadPart"/> where what is odd in them may be left out.</summary>
    static virtual bool IsContainer => false;

    /// <summary>
    /// Reads the value that the reader stands on and leaves the reader on its last token. False when it is of another form; the reader may then stand anywhere inside it.
    /// </summary>
    static abstract bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T value);

    /// <summary>
    /// Reads the value as <see cref="TryRead"/> does, but leaves out what in it is null or of another type than the document says; see <see
    /// cref="IPartialJson"/>. False when there is nothing to hold of it; the reader is then where it was.
    /// </summary>
    static virtual bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, [MaybeNullWhen(false)] out T value) => throw new NotSupportedException();

    /// <summary>Whether values of a large response are made when they are first asked for. They are of a class then, and <see cref="TryPass"/> checks them.</summary>
    internal static virtual bool CanWait => false;

    /// <summary>
    /// Goes over a value as <see cref="TryRead"/> does and with the same outcome, without making it. Where the result is false the reader is left where it was.
    /// </summary>
    internal static virtual bool TryPass(ref Utf8JsonReader reader) => throw new NotSupportedException();

    /// <summary>Writes the value.</summary>
    static abstract void Write(Utf8JsonWriter writer, T value);
}
