using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD6
{
    private const string Program = "W = [[0.1, 0.5], [-0.3, 0.8]]\nx = [0.2, 0.4]\nq = W @ x\ns = q^2\nf = sum(s)";

    public static Lesson Lesson { get; } = new(
        "D6",
        new("A vectorized example", "벡터로 된 예제"),
        new("f(x, W) = ‖W·x‖²: the same chain rule with vectors and a matrix on the edges.", "f(x, W) = ‖W·x‖²: 에지에 벡터와 행렬이 흘러도 연쇄 법칙은 같습니다."),
        new TextSection(
            """
            Nothing about the rule changes when whole vectors flow along the edges. Take f = ‖W·x‖² with W = [[0.1, 0.5], [−0.3, 0.8]] and x = [0.2, 0.4].
            Forward: q = W·x = [0.22, 0.26], and f = 0.22² + 0.26² = 0.116.

            Backward: f is the sum of qᵢ², so ∂f/∂qᵢ = 2qᵢ and **∇q = [0.44, 0.52]**. One element of W, Wᵢⱼ, touches only qᵢ, and there it is multiplied by xⱼ. So its gradient is
            2qᵢ·xⱼ: a column times a row, **∇W = 2q·xᵀ**.

            One element of x touches every qᵢ, through column j of W. A value that is used several times adds up what comes back: ∂f/∂xⱼ = Σᵢ 2qᵢ·Wᵢⱼ, which is
            **∇x = 2Wᵀ·q**. The transpose appears by itself, because going back we add along the columns.

            Always check the shapes: a gradient has the shape of the value it belongs to, ∇W is 2 × 2 like W, ∇x has two elements like x.
            """,
            """
            에지를 따라 벡터가 통째로 흘러도 규칙은 달라지지 않습니다. W = [[0.1, 0.5], [−0.3, 0.8]], x = [0.2, 0.4]이고 f = ‖W·x‖²이라고 합시다. 순전파는
            q = W·x = [0.22, 0.26], f = 0.22² + 0.26² = 0.116입니다.

            역전파를 봅시다. f는 qᵢ²의 합이므로 ∂f/∂qᵢ = 2qᵢ, 곧 **∇q = [0.44, 0.52]**입니다. W의 원소 Wᵢⱼ는 qᵢ에만 닿고 거기서 xⱼ와 곱해집니다. 그래서 그
            기울기는 2qᵢ·xⱼ, 곧 열과 행의 곱 **∇W = 2q·xᵀ**입니다.

            x의 원소 하나는 W의 j번째 열을 거쳐 모든 qᵢ에 닿습니다. 여러 번 쓰인 값은 돌아오는 것을 더하므로 ∂f/∂xⱼ = Σᵢ 2qᵢ·Wᵢⱼ, 곧 **∇x = 2Wᵀ·q**입니다.
            돌아올 때는 열을 따라 더하기 때문에 전치가 저절로 나타납니다.

            늘 모양을 확인하세요. 기울기는 자기 주인과 모양이 같습니다. ∇W는 W처럼 2 × 2이고 ∇x는 x처럼 원소가 둘입니다.
            """),
        new GraphSection(Program),
        new TableSection([new("gradient", "기울기"), new("rule", "규칙"), new("by the rule", "규칙으로 구한 값"), new("by backpropagation", "역전파로 구한 값")], Rules),
        new QuizSection(
            "quiz-1",
            new("Which entries of q depend on W₁₂?", "q의 원소 가운데 W₁₂에 달린 것은 무엇일까요?"),
            [
                new("Only q₁", "q₁뿐"),
                new("Only q₂", "q₂뿐"),
                new("Both", "둘 다"),
            ],
            right: 0,
            new("Row 1 of W makes q₁, and nothing else.", "W의 1행은 q₁만 만듭니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Element by element: x₁ is the first element of x, W₁₂ stands in row 1, column 2.", "원소마다 구해 보세요. x₁은 x의 첫 원소, W₁₂는 1행 2열입니다."),
            Program,
            Value("q", 0), Value("q", 1), Value("f"), Upstream("q", 0), Upstream("q", 1), Downstream("W", 0), Downstream("W", 1), Downstream("W", 2),
            Downstream("W", 3), Downstream("x", 0), Downstream("x", 1)));

    private static IEnumerable<BilingualText[]> Rules()
    {
        ExpressionResult result = Expression.Parse(Program).Evaluate();
        (Tensor w, Tensor x) = (result.Inputs["W"], result.Inputs["x"]);
        Tensor q = w.MatMul(x), column = q.Reshape([2, 1]);                  // [2], [2, 1]
        GraphView view = result.View();
        Gradients gradients = result.Output.Backward();
        double[] back = view.GradientOf(view.Node("q").Id);
        yield return ["∇q", "2q", Written.Text(2 * q), Written.Text(Tensor.From<double>(back))];
        yield return ["∇W", "2q·xᵀ", Written.Text(2 * column.MatMul(x.Reshape([1, 2]))), Written.Text(gradients[w])];
        yield return ["∇x", "2Wᵀ·q", Written.Text(2 * w.Transpose(0, 1).MatMul(q)), Written.Text(gradients[x])];
    }
}
