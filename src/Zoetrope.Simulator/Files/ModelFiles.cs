using System.Buffers.Binary;

namespace Zoetrope.Simulator.Files;

/// <summary>Makes 3D models, of one triangle or empty, and the weights of neural networks.</summary>
internal static class ModelFiles
{
    /// <summary>glTF 2.0 as one binary file: a header and a chunk of JSON, padded with spaces to four bytes.</summary>
    public static byte[] Glb()
    {
        var json = "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{}]}"u8;
        var padded = (json.Length + 3) / 4 * 4;
        var file = new byte[20 + padded];
        file.AsSpan(20).Fill((byte)' ');
        "glTF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), padded);
        "JSON"u8.CopyTo(file.AsSpan(16));
        json.CopyTo(file.AsSpan(20));
        return file;
    }

    public static byte[] Obj() => "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"u8.ToArray();

    public static byte[] Mtl() => "newmtl material\nKd 0.4 0.6 0.5\n"u8.ToArray();

    public static byte[] Stl() =>
        "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n"u8.ToArray();

    public static byte[] Ply() =>
        "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n"u8.ToArray();

    public static byte[] Fbx() => "; FBX 7.4.0 project file\nFBXHeaderExtension:  {\n\tFBXHeaderVersion: 1003\n\tFBXVersion: 7400\n}\n"u8.ToArray();

    /// <summary>The length of a header, and a header in JSON that names no tensors.</summary>
    public static byte[] SafeTensors() => [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'];
}
