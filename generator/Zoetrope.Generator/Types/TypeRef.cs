namespace Zoetrope.Generator.Types;

/// <summary>The forms of value that generated code knows. A new one is a new row in <see cref="TypeKindInfo"/>.</summary>
internal enum TypeKind
{
    /// <summary>Raw JSON: the document does not say, or says something that has no form here.</summary>
    Raw,

    /// <summary>A string.</summary>
    String,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A whole number of 128 bits: a seed without limits, and what can be beyond 64 bits.</summary>
    WideInteger,

    /// <summary>A floating-point number.</summary>
    Number,

    /// <summary>An object of a generated type.</summary>
    Object,

    /// <summary>A generated open enum over string.</summary>
    Enum,

    /// <summary>A file of the core's family.</summary>
    File,

    /// <summary>A list of <see cref="TypeRef.Item"/>.</summary>
    List,

    /// <summary>An object with members of any name, each an <see cref="TypeRef.Item"/>.</summary>
    Map,

    /// <summary>A generated union.</summary>
    Union,

    /// <summary>A file that is sent as it is, as a part of a form or as a body.</summary>
    Upload,

    /// <summary>What a list or a map holds, where that is a <see cref="TypeRef.Item"/> or null.</summary>
    Nullable,

    /// <summary>One file or several, as a part of a form.</summary>
    Uploads,

    /// <summary>A file, or several, or a <see cref="TypeRef.Item"/>, as a part of a form.</summary>
    UploadOr,
}

/// <summary>The C# type of a value.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Name">The name of a generated type, or of the core's file type; empty for all other forms.</param>
/// <param name="Item">What a list or a map holds; what a nullable item is where it is not null.</param>
/// <param name="Owner">The class that a generated type is nested in, where that is not the class that uses it; else empty.</param>
internal sealed record TypeRef(TypeKind Kind, string Name = "", TypeRef? Item = null, string Owner = "")
{
    public static readonly TypeRef Raw = new(TypeKind.Raw);
    public static readonly TypeRef String = new(TypeKind.String);
    public static readonly TypeRef Boolean = new(TypeKind.Boolean);
    public static readonly TypeRef Integer = new(TypeKind.Integer);
    public static readonly TypeRef WideInteger = new(TypeKind.WideInteger);
    public static readonly TypeRef Number = new(TypeKind.Number);
    public static readonly TypeRef Upload = new(TypeKind.Upload);
    public static readonly TypeRef Uploads = new(TypeKind.Uploads);

    /// <summary>A list of this.</summary>
    public TypeRef List() => new(TypeKind.List, "", this);

    /// <summary>A map of this.</summary>
    public TypeRef Map() => new(TypeKind.Map, "", this);

    /// <summary>This or null, in a list or a map. Raw JSON and unions hold null themselves.</summary>
    public TypeRef OrNull() => Kind is TypeKind.Raw or TypeKind.Union ? this : new(TypeKind.Nullable, "", this);

    /// <summary>A file or this.</summary>
    public TypeRef OrUpload() => new(TypeKind.UploadOr, "", this);

    /// <summary>What it is where it is not null.</summary>
    public TypeRef Given => Kind == TypeKind.Nullable ? Item! : this;

    /// <summary>Whether it is read and written by a form that is put together from others: a map, or a list of what has no reader of lists.</summary>
    public bool IsComposite => Kind == TypeKind.Map || (Kind == TypeKind.List && (Item!.Item is not null || Item.Kind == TypeKind.WideInteger));

    /// <summary>How many lists and maps lie in each other here.</summary>
    public int Depth => Item is null ? 0 : 1 + Item.Depth;

    /// <summary>Whether this is a list of the form.</summary>
    public bool IsListOf(TypeKind form) => Kind == TypeKind.List && Item!.Kind == form;

    /// <summary>Whether the C# type is a value type, so that unset is <c>Nullable&lt;T&gt;</c>.</summary>
    public bool IsValueType => TypeKindInfo.Of(Kind).IsValueType;
}

/// <summary>How each form is spelled in C# and which members of the core read and write it.</summary>
/// <param name="IsValueType">Whether the C# type is a value type.</param>
/// <param name="Clr">The C# type; null where it is the type's own name.</param>
/// <param name="Read">The reader in <c>JsonRead</c>; generic where <paramref name="IsGeneric"/>.</param>
/// <param name="ReadList">The reader in <c>JsonReadLists</c>.</param>
/// <param name="Write">The writer in <c>JsonWrite</c>.</param>
/// <param name="WriteList">The writer of lists in <c>JsonWrite</c>.</param>
/// <param name="IsGeneric">Whether the readers and the form take the type as an argument.</param>
/// <param name="Part">The <c>IJsonCodec</c> of the core, for values inside composites.</param>
internal sealed record TypeKindInfo(bool IsValueType, string? Clr, string Read, string ReadList, string Write, string WriteList, bool IsGeneric, string Part)
{
    private static readonly TypeKindInfo[] All =
    [
        new(true, "global::Zoetrope.Json.RawJson", "Value", "Values", "Value", "List", true, "ValueCodec"),
        new(false, "string", "String", "Strings", "String", "Strings", false, "StringCodec"),
        new(true, "bool", "Boolean", "Booleans", "Boolean", "Booleans", false, "BooleanCodec"),
        new(true, "long", "Int64", "Int64s", "Int64", "Int64s", false, "Int64Codec"),
        new(true, "global::System.Int128", "Int128", "", "Int128", "", false, "Int128Codec"),
        new(true, "double", "Double", "Doubles", "Double", "Doubles", false, "DoubleCodec"),
        new(false, null, "Object", "Objects", "Object", "List", true, "ObjectCodec"),
        new(true, null, "Enum", "Enums", "Value", "List", true, "EnumCodec"),
        new(false, null, "File", "Files", "Object", "List", true, "FileCodec"),
        new(false, null, "List", "", "WriteList", "", true, "ListCodec"),
        new(false, null, "Map", "", "WriteMap", "", true, "MapCodec"),
        new(true, null, "Value", "Values", "Value", "List", true, "ValueCodec"),
        new(false, "global::Zoetrope.Uploads.UploadFile", "", "", "", "", false, ""),
        new(false, null, "", "", "", "", true, "NullableCodec"),
        new(false, "global::Zoetrope.Uploads.UploadFiles", "", "", "", "", false, ""),
        new(false, null, "", "", "", "", true, ""),
    ];

    /// <summary>The row of a form.</summary>
    public static TypeKindInfo Of(TypeKind form) => All[(int)form];
}
