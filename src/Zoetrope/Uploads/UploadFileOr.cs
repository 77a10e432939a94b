using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Zoetrope.Uploads;

/// <summary>
/// A form part that is a file, or several if the specification allows that, or else a value, such as the URL of a file. It converts from each of them, and from
/// a collection expression of files.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
[CollectionBuilder(typeof(UploadFileOr), nameof(UploadFileOr.Create))]
public sealed class UploadFileOr<T>
{
    private UploadFileOr(UploadFiles? files, T? value)
    {
        Files = files;
        Value = value;
    }

    /// <summary>The files; null if it is a value.</summary>
    public UploadFiles? Files { get; }

    /// <summary>The value; the type's default if it is a file.</summary>
    public T? Value { get; }

    /// <summary>Converts a file; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator UploadFileOr<T>?(UploadFile? file) => file is null ? null : new(file, default);

    /// <summary>Converts one file or several; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(UploadFiles? files) => files is null ? null : From(files);

    /// <summary>Converts several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(UploadFile[]? files) => files is null ? null : From(files);

    /// <summary>Converts several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(List<UploadFile>? files) => files is null ? null : From(files);

    /// <summary>Converts a value; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator UploadFileOr<T>?(T? value) => value is null ? null : From(value);

    /// <summary>Creates it from a value; for types from which C# does not allow conversions, such as lists.</summary>
    public static UploadFileOr<T> From(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(null, value);
    }

    /// <summary>Creates it from several files.</summary>
    /// <param name="files">The files; they are copied.</param>
    public static UploadFileOr<T> From(IEnumerable<UploadFile> files) => new(files as UploadFiles ?? UploadFiles.From(files), default);

    /// <summary>The files, in order; empty if it is a value.</summary>
    public IEnumerator<UploadFile> GetEnumerator() => (Files ?? Enumerable.Empty<UploadFile>()).GetEnumerator();
}

/// <summary>Creates <see cref="UploadFileOr{T}"/> from collection expressions.</summary>
public static class UploadFileOr
{
    /// <summary>Creates it from the files of a collection expression.</summary>
    public static UploadFileOr<T> Create<T>(ReadOnlySpan<UploadFile> files) => UploadFileOr<T>.From(UploadFiles.Create(files));
}
