"""The numerical example of ISO/IEC 18033-6:2019 (Encryption algorithms, part 6: homomorphic
encryption) for Paillier encryption.

The standard encrypts m as g^m · r^n mod n² under a public key (n, g), for r in [1, n). Its example is of
the generator g = 1 + n, so it is the classical form here with r as the nonce; its homomorphic addition
is the product of the ciphertexts modulo n². The numbers are the standard's, as others quote them in
their compliance tests; that they are such an encryption is calculated below. gcd(p − 1, q − 1) is 6, so
the primes make no key for short exponents.
"""

import math

from common.paillier import Key
from common.primes import is_probable_prime
from common.vectorfile import VectorFile

P = int(
    "ff03b1a74827c746db83d2eaff00067622f545b62584321256e62b01509f10962f9c5c8fd0b7f5184a9ce8e8"
    "1f439df47dda14563dd55a221799d2aa57ed2713271678a5a0b8b40a84ad13d5b6e6599e6467c670109cf1f4"
    "5ccfed8f75ea3b814548ab294626fe4d14ff764dd8b091f11a0943a2dd2b983b0df02f4c4d00b413",
    16,
)
Q = int(
    "dacaabc1dc57faa9fd6a4274c4d588765a1d3311c22e57d8101431b07eb3ddcb05d77d9a742ac2322fe6a063"
    "bd1e05acb13b0fe91c70115c2b1eee1155e072527011a5f849de7072a1ce8e6b71db525fbcda7a89aaed46d2"
    "7aca5eaeaf35a26270a4a833c5cda681ffd49baa0f610bad100cdf47cc86e5034e2a0b2179e04ec7",
    16,
)
PLAINTEXTS = [0x414243444546474849404A4B4C4D4E4F, 0x20202020202020202020202020202020]
NONCES = [
    int(
        "57fb19590c31dc7c034b2a889cf4037ce3db799909c1eb0adb6199d8e96791daca9018891f34309daff32dce"
        "d4af7d793d16734d055e28023acab7295956bfbfdf62bf0ccb2ed31d5d176ca8b404e93007565fb6b72c33a5"
        "12b4dc4f719231d62e27e34c3733929af32247f88c20d1ee77096cc80d3d642464054c815b35878ba812349c"
        "8bdc3c6b645daf1a0de60965f44dcf705681032480f1eeba82243196b96903becdc0df0801d4120cbd6db1c4"
        "b2841a27991c44a43750c24ed0825718ad14cfb9c6b40b78ff3d25f71741f2def1c9d420d4b0fa1e0a02e785"
        "1b5ec6a81133a368b80d1500b0f28fc653d2e6ff4366236dbf80ae3b4beae35e04579f2c",
        16,
    ),
    int(
        "6ee8ed76227672a7bcaa1e7f152c2ea39f2fa225f0713f58210c59b2270b110e38b65069aaedbeffc713c021"
        "336cc12f65227cc0357ca531c07c706e7224c2c11c3145bc0a05b164f426ec03350820f9f416377e8720ddb5"
        "77843cae929178bfe5772e2cc1e9b94e8fce814eaf136c6ed218ca7b10ea4d5218e7ba82bd74bb9f19d3ccc7"
        "d2e140e91cfb25f76f54aa70f2ed88ef343dd5fb98617c0036b7717f7458ec847d7b52e8764a4e92c397133a"
        "95e35e9a82d5dc264ff423398cfadfbaec4727854e68f2e9e210d6a65c39b5a9b2a0ebdc5389834883680e42"
        "b5d8582344e3e07a01fbd6c46328dcfa03074d0bc02927f58466c2fa74ab608177e3ec1b",
        16,
    ),
]
CIPHERTEXTS = [
    int(
        "1fb7f08a42deb47876e4cbdc3f0b172c033563a696ad7a7c76fa5971b793fa488dcdd6bd65c7c5440d67d847"
        "cb89ccca468b2c96763fff5a5ece8330251112d65e59b7da94cfe9309f441ccc8f59c67dec75113d37b1ee92"
        "9c8d4ce6b5e561a30a91104b0526de892e4eff9f4fbecba3db8ed94267be31df360feaffb1151ef5b5a8e517"
        "77f09d38072bcb1b1ad15d80d5448fd0edb41cc499f8eebae2af26569427a26d0afeaa833173d6ae4e5f84eb"
        "88c0c68c29baecf7ec5af2c1c5577336ca9482690f1c94597654afda84c6fb74df95cdd08fa9a66296126b40"
        "61b0530d124f3797426a08f72e90ef4994eeb348f5e92bd12d41cd3343a9e271a2f73d2cc7ffbd65bf64fb63"
        "e759f312e615aae01ae9f4573a21f1a70f56a61cfbb94d8f96fcf06c2b3216ed9574f6888df86cd5e471b641"
        "507ac6815ca781f6d31e69d6848e542a7c57dc21109b5574b63365a19273783fafc93639c414b9475ea5ea82"
        "e73958ff5fdba967d52721ff71209e5a3db3c580e1bfd142ba4b8ab77eb16cb488d46a04a672662cd108b7e9"
        "c58ba13dfb850653208f81956539475ffce85e0b0da59e5bd8d90051be9b2cc99e37c060ce09814e1524458b"
        "fb5427d7a16b672682be448fa16464fcb3e7f1dca6812a2c5a9814b98ccb676367b7b3b269c670cd0210edf7"
        "0ad9cb337f766af75fe06d18b3f7f7c2eae6565ff2815c2c09b1a1f5",
        16,
    ),
    int(
        "61803645f2798c06f2c08fc254eee612c55542051c8777d6ce69ede9c84a179afb2081167494dee727488ae5"
        "e9b56d98f4fcf132514616859fc854fbd3acf6aecd97324ac3f2affa9f44864a9afc505754aa3b564b4617e8"
        "87d6aa1f88095bccf6b47f458566f9d85e80fcd478a58d4c2e895d0ed428aa8919d8ce752472bdc704fe9f01"
        "b1f663e3a9defca4b3847134883d5433b6bebb7d5a0358bcc8e3385cdf8787a1c78165eb03fc295c2ee93809"
        "d7a7a4689e79faf173e4ca3d0a6a9175887d0c70b35c529aa02699c4d4e8c98a9f3b8f2be41f35905adebf8a"
        "6940a93875d1e24e578a93bdb7cbf66cd3cdb736466588649ac237d55121ce0c0d18bc5da660d8faf9f0849e"
        "d1775ffcc5edb6900ebfb6c1e33459d29655edf706324cf642c8f36433d6b850a43ee0e788e120737b8a2858"
        "d1b5302bad3413102fd7dccfe458b257fdbf920fe942e23ec446b1b302d41710fe56b26e11987ac06cfa6356"
        "64c7a0ec18f8c8c871919fc893a3117ff5e73d4c115e66e3bc5bd2b9127b2bb816c549245c65cf22a533a3d2"
        "b6cb7c46757d3a87173f93e8b431891697f8d60c59631734f46cf3d70d9065f0167d5ad7353c0812af024ced"
        "593273551d29c89232f2f3d548b9248291c1b8e833ed178eb2cf1ad6f1d6864f1fd3e2e3937e00d391ad330b"
        "443aec85528571740ed5538188c32caab27c7bf437df2bb97cb90e02",
        16,
    ),
]
SUM = int(
    "309f6e614d875e3bb0a77eedeb8895e7c6f297f161f576aef4f8b72bb5b81ef78b831aaf134b09fe8697159c"
    "fd678c49920cb790e36580c5201a96848d7242fceb025808dd26b50ff573ffca3f65e51b3b9fe85c7e44f5c8"
    "df0a9e524f64a5acc5c62cba7475978eb55e0893eff1c40547ef9db087f8a54a13bf33a4648c4719233cfb10"
    "7ba469c61f1c07578d9c19fa8012b743d31fbca8eb4250ad902cf0c3d24c619fcd0874ad6a12ab8eafffabca"
    "6ed1aaa4ba0df1544c3826364ac955c5853dc0490b9992e867e2dc95ec4b8742f177b7b24f29f68de4d552f3"
    "2ca0da7d5cb2d85f020eefb8b58261c93643a4b63a9223efea803367b932b430ae47730d9b493e4194cbc7e8"
    "aa6d8aae45aa016d7f197dab5bb9508d5af6c3f47c0ec48ff604e53edbafa9a1bdae6add7169b83278a025f0"
    "be7980688806deaa9afaf80ca4212d53079c4841546bc1622c5bf211a9db1f8933211b6a5b5f312d6919181b"
    "f7797188645052a9fff167c7acbc43454cd3caab36a501feba27f28720f2ab23d5dea3c73d4421b059eef9f1"
    "c227a3ed59c487c9483a08e98bfd34920349fa861b41ce61a4caa8b7f0fc1fcba7dedb8f9c64ab3a42968f6c"
    "88f45541c734d7c0206968a103d02985854a5156d9edb99a332de9a6d47f9af6e68e18960fa5916cc4899433"
    "4354d6303312b8e96602766bec337a8a92c596b21b6038828a6c9744",
    16,
)
TOTAL = 0x616263646566676869606A6B6C6D6E6F


def files():
    file = VectorFile(
        "paillier/iso-18033-6.json",
        "paillier.iso-18033-6",
        "The numerical example of ISO/IEC 18033-6:2019 for Paillier encryption, with g = 1 + n.",
        "paillier/standard.py",
        {"Standard": "All numbers are the standard's.", "Addition": "The sum of both plaintexts."},
    )
    key = Key(P, Q, False)
    assert is_probable_prime(P) and is_probable_prime(Q) and key.bits == 2048
    assert math.gcd(key.n, (P - 1) * (Q - 1)) == 1
    group = file.group("the standard's key", p=f"{P:x}", q=f"{Q:x}")
    terms = []
    for m, r, c in zip(PLAINTEXTS, NONCES, CIPHERTEXTS):
        assert pow(1 + key.n, m, key.square) * pow(r, key.n, key.square) % key.square == c
        assert key.decrypt(c) == m and math.gcd(r, key.n) == 1 and r < key.n
        terms.append({"plaintext": f"{m:x}", "nonce": f"{r:x}", "ciphertext": f"{c:x}"})
    for index, term in enumerate(terms):
        group.case(
            f"encryption {index + 1}",
            ["Standard"],
            terms=[term],
            sum=term["ciphertext"],
            total=term["plaintext"],
        )
    assert CIPHERTEXTS[0] * CIPHERTEXTS[1] % key.square == SUM and sum(PLAINTEXTS) == TOTAL
    group.case(
        "addition", ["Standard", "Addition"], terms=terms, sum=f"{SUM:x}", total=f"{TOTAL:x}"
    )
    return [file]
